import { join } from 'node:path';
import type ts from 'typescript';
import { rootDirectory } from '../repository/paths.ts';
import { createProgram } from './program.ts';
import { type TypeBreak, TypeWalk } from './walk.ts';

const options: ts.CompilerOptions = { strict: true, noEmit: true, lib: ['lib.es5.d.ts'], types: [] };

/**
 * Compares the TypeScript types of two contracts, as `generateTypes` returns them. It assumes that callers read every
 * member of every response, write every member of every request, and use every exported name.
 *
 * @returns where code written against the first would no longer compile
 */
export function compareContractTypes(before: string, after: string): TypeBreak[] {
  if (before === after) return [];
  const files = { before: join(rootDirectory, 'before.d.ts'), after: join(rootDirectory, 'after.d.ts') };
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
  const [named, newNamed] = [old, now].map(({ type }) => walk.memberType(type('components'), 'schemas'));
  if (named && newNamed) walk.compareNamed(named, newNamed, 'components.schemas');
  return walk.breaks;
}

/**
 * Callers meet the bodies of successes as one union, and those of errors as another. For `raw`, 200 and 201 are
 * successes; for the contract, every 2xx is. A new body must be known in both.
 */
const unions: readonly ((status: string) => boolean)[] = [
  (status) => status.startsWith('2'),
  (status) => ['200', '201'].includes(status),
];

function compareComponents(walk: TypeWalk, before: ts.Type, after: ts.Type): void {
  for (const kind of walk.namesOf(before)) {
    const [old, now] = [walk.memberType(before, kind), walk.memberType(after, kind)];
    if (old && now) walk.compareNames(old, now, `components.${kind}`);
  }
}

function compareOperation(walk: TypeWalk, id: string, before: ts.Type, after: ts.Type): void {
  const [old, now] = [walk.memberType(before, 'parameters'), walk.memberType(after, 'parameters')];
  if (old && now) walk.compare(old, now, `${id} parameters`, 'write');
  else if (old) walk.breaks.push({ place: `${id} parameters`, what: 'is no longer there' });
  compareRequestBody(walk, id, before, after);
  const [answers, newAnswers] = [walk.memberType(before, 'responses'), walk.memberType(after, 'responses')];
  if (answers && newAnswers) compareResponses(walk, id, answers, newAnswers);
}

/** Callers write a body of one media type, so a new media type breaks nobody. */
function compareRequestBody(walk: TypeWalk, id: string, before: ts.Type, after: ts.Type): void {
  const place = `${id} requestBody`;
  const [old, now] = [walk.memberType(before, 'requestBody'), walk.memberType(after, 'requestBody')];
  if (!old) return;
  if (!now) {
    walk.breaks.push({ place, what: 'is no longer there' });
    return;
  }
  if (walk.isOptional(before, 'requestBody') && !walk.isOptional(after, 'requestBody')) {
    walk.breaks.push({ place, what: 'must now be given' });
  }
  const [content, newContent] = [walk.memberType(old, 'content'), walk.memberType(now, 'content')];
  for (const type of walk.namesOf(content)) {
    const [body, newBody] = [walk.memberType(content, type), walk.memberType(newContent, type)];
    if (body && newBody) walk.compare(body, newBody, `${place}.content.${type}`, 'write');
    else if (body) walk.breaks.push({ place: `${place} ${type}`, what: 'is no longer there' });
  }
}

function compareResponses(walk: TypeWalk, id: string, before: ts.Type, after: ts.Type): void {
  for (const status of walk.namesOf(before)) {
    const [old, now] = [walk.memberType(before, status), walk.memberType(after, status)];
    if (old && now) compareResponse(walk, `${id} ${status}`, old, now);
    else if (old) walk.breaks.push({ place: `${id} ${status}`, what: 'is no longer there' });
  }
  const unknown = unions.flatMap((isSuccess) => findUnknownBodies(walk, before, after, isSuccess));
  for (const place of new Set(unknown)) {
    walk.breaks.push({ place: `${id} ${place}`, what: 'has a body of a type that no other response has' });
  }
}

/** A new media type can only break callers through the union of all bodies: see {@link findUnknownBodies}. */
function compareResponse(walk: TypeWalk, place: string, before: ts.Type, after: ts.Type): void {
  for (const part of walk.namesOf(before)) {
    const [old, now] = [walk.memberType(before, part), walk.memberType(after, part)];
    if (!old) continue;
    if (!now) walk.breaks.push({ place: `${place}.${part}`, what: 'is no longer there' });
    else if (part !== 'content') walk.compare(old, now, `${place}.${part}`, 'read');
    else {
      walk.compareNames(old, now, `${place}.content`);
      for (const type of walk.namesOf(old)) {
        const [body, newBody] = [walk.memberType(old, type), walk.memberType(now, type)];
        if (body && newBody) walk.compare(body, newBody, `${place}.content.${type}`, 'read');
      }
    }
  }
}

/** The new statuses, and new media types of known statuses, with a body of a type that their union did not have. */
function findUnknownBodies(
  walk: TypeWalk,
  before: ts.Type,
  after: ts.Type,
  isSuccess: (status: string) => boolean,
): string[] {
  return walk.namesOf(after).flatMap((status) => {
    const known = walk.namesOf(before).filter((name) => isSuccess(name) === isSuccess(status));
    const bodies = known.flatMap((name) => bodiesOf(walk, before, name).map(([, body]) => body));
    const old = new Set(bodiesOf(walk, before, status).map(([type]) => type));
    return bodiesOf(walk, after, status)
      .filter(([type, body]) => !old.has(type) && !bodies.some((one) => walk.fits(body, one)))
      .map(([type]) => (walk.memberType(before, status) ? `${status} ${type}` : status));
  });
}

/** The media types of a response, each with the type of its body. */
function bodiesOf(walk: TypeWalk, responses: ts.Type, status: string): (readonly [string, ts.Type])[] {
  const content = walk.memberType(walk.memberType(responses, status), 'content');
  return walk.namesOf(content).flatMap((type) => {
    const body = walk.memberType(content, type);
    return body ? [[type, body] as const] : [];
  });
}

function exportsOf(program: ts.Program, file: string) {
  const checker = program.getTypeChecker();
  const node = program.getSourceFile(file);
  const module = node && checker.getSymbolAtLocation(node);
  if (!module) throw new Error('The generated types are not a module.');
  const symbols = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
  const type = (name: string): ts.Type => {
    const symbol = symbols.get(name);
    if (!symbol) throw new Error(`The generated types do not export ${name}.`);
    return checker.getDeclaredTypeOfSymbol(symbol);
  };
  return { node, type };
}
