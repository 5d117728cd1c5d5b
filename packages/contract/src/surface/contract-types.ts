import type ts from 'typescript';
import { rootDirectory } from '../paths.ts';
import { createProgram } from './program.ts';
import type { TypeBreak } from './type-break.ts';
import { TypeWalk } from './walk.ts';

const options: ts.CompilerOptions = { strict: true, noEmit: true, lib: ['lib.es5.d.ts'], types: [] };

/**
 * Compares the TypeScript types of two contracts, as `generateTypes` gives them, as callers use them: each member of each response is read, each
 * member of each request is written, and each name that the types export is spelt out.
 *
 * @returns where code written against the first would no longer compile
 */
export function compareContractTypes(before: string, after: string): TypeBreak[] {
  if (before === after) return [];
  const files = { before: `${rootDirectory}before.d.ts`, after: `${rootDirectory}after.d.ts` };
  const overlay = new Map([
    [files.before, before],
    [files.after, after],
  ]);
  const program = createProgram(Object.values(files), options, overlay);
  const checker = program.getTypeChecker();
  const [old, now] = [exportsOf(program, files.before), exportsOf(program, files.after)];
  const walk = new TypeWalk(checker, old.node);

  walk.compareNames(old.type('paths'), now.type('paths'), 'paths');
  walk.compareNames(old.type('operations'), now.type('operations'), 'operations');
  compareComponents(walk, old.type('components'), now.type('components'));
  for (const id of walk.namesOf(old.type('operations'))) {
    const [one, two] = [walk.memberType(old.type('operations'), id), walk.memberType(now.type('operations'), id)];
    if (one && two) compareOperation(walk, id, one, two);
  }
  return walk.breaks;
}

function compareComponents(walk: TypeWalk, before: ts.Type, after: ts.Type): void {
  for (const kind of walk.namesOf(before)) {
    const [old, now] = [walk.memberType(before, kind), walk.memberType(after, kind)];
    if (old && now) walk.compareNames(old, now, `components.${kind}`);
  }
}

function compareOperation(walk: TypeWalk, id: string, before: ts.Type, after: ts.Type): void {
  for (const part of ['parameters', 'requestBody']) {
    const [old, now] = [walk.memberType(before, part), walk.memberType(after, part)];
    if (old && now) walk.compare(old, now, `${id} ${part}`, 'write');
    else if (old) walk.breaks.push({ place: `${id} ${part}`, what: 'is no longer there' });
  }
  const [old, now] = [walk.memberType(before, 'responses'), walk.memberType(after, 'responses')];
  if (old && now) compareResponses(walk, id, old, now);
}

function compareResponses(walk: TypeWalk, id: string, before: ts.Type, after: ts.Type): void {
  for (const status of walk.namesOf(before)) {
    const [old, now] = [walk.memberType(before, status), walk.memberType(after, status)];
    if (old && now) walk.compare(old, now, `${id} ${status}`, 'read');
    else if (old) walk.breaks.push({ place: `${id} ${status}`, what: 'is no longer there' });
  }
  for (const status of walk.namesOf(after).filter((name) => !walk.memberType(before, name))) {
    const known = walk.namesOf(before).filter((name) => isSuccess(name) === isSuccess(status));
    const bodies = known.flatMap((name) => bodiesOf(walk, before, name));
    const unknown = bodiesOf(walk, after, status).some((body) => !bodies.some((known) => walk.fits(body, known)));
    if (unknown)
      walk.breaks.push({ place: `${id} ${status}`, what: 'has a body of a type that no other response has' });
  }
}

/** Callers meet the bodies of all successes as one union, and those of all errors as another. */
const isSuccess = (status: string): boolean => status.startsWith('2');

function bodiesOf(walk: TypeWalk, responses: ts.Type, status: string): ts.Type[] {
  const content = walk.memberType(walk.memberType(responses, status), 'content');
  return walk.namesOf(content).flatMap((type) => walk.memberType(content, type) ?? []);
}

function exportsOf(program: ts.Program, file: string) {
  const checker = program.getTypeChecker();
  const node = program.getSourceFile(file);
  const module = node && checker.getSymbolAtLocation(node);
  if (!module) throw new Error('the generated types are no module');
  const symbols = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  const type = (name: string): ts.Type => {
    const symbol = symbols.get(name);
    if (!symbol) throw new Error(`the generated types export no ${name}`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
  return { node, type };
}
