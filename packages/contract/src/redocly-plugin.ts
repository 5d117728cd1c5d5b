// A Redocly plugin with one rule: for each fact, the contract says how well it is known and which page says so.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPlainObject, type Oas3Rule, parseYaml, Source, type UserContext } from '@redocly/openapi-core';

const grades: readonly unknown[] = ['documented', 'observed', 'community', 'assumed'];

/**
 * Types of nodes that need marks of their own; so do named schemas. A property without marks has those of its schema.
 */
const markedTypes = new Set(['Server', 'Operation', 'Parameter', 'Header', 'Response', 'SecurityScheme']);
const namedSchema = /^#\/components\/schemas\/[^/]+$/;

/** What each entry of sources.yaml holds. */
const members: readonly (readonly [string, string, (text: string) => boolean])[] = [
  ['title', 'the title of the page', (text) => text.trim() !== ''],
  ['url', 'the address of the page, with https', (text) => text.startsWith('https://') && URL.canParse(text)],
  ['read', 'the day on which the page was last read, for example 2026-11-24', isDay],
];

interface Problem {
  readonly message: string;
  /** JSON pointer into sources.yaml. */
  readonly pointer: string;
}

// biome-ignore lint/style/noDefaultExport: Redocly loads the default export of a plugin.
export default function factsPlugin({ contentDir }: { readonly contentDir: string }) {
  return { id: 'facts', rules: { oas3: { marked: () => createVisitor(join(contentDir, 'sources.yaml')) } } };
}

/** @param file the sources.yaml with the keys that `x-source` names */
function createVisitor(file: string): ReturnType<Oas3Rule> {
  const { source, entries, problems } = readSources(file);
  const used = new Set<unknown>();

  /** @param required whether the node must have marks; otherwise it has both or none */
  function checkMarks(node: unknown, { location, report }: UserContext, required: boolean): void {
    if (!isPlainObject(node)) return;
    const { 'x-evidence': evidence, 'x-source': names } = node;
    if (!required && evidence === undefined && names === undefined) return;
    if (evidence === undefined) {
      const message = `\`x-evidence\` is missing. Say how well this is known: ${grades.join(', ')}.`;
      report({ message, location: { ...location, reportOnKey: true } });
    } else if (!grades.includes(evidence)) {
      const message = `\`x-evidence\` is \`${evidence}\` and must be one of ${grades.join(', ')}.`;
      report({ message, location: location.child('x-evidence') });
    }
    const keys = [names ?? []].flat();
    if (keys.length === 0) {
      const message = '`x-source` is missing. Name the page that says so by its key in sources.yaml, or list several.';
      report({ message, location: { ...location, reportOnKey: true } });
    }
    for (const key of keys) {
      used.add(key);
      if (!entries || Object.hasOwn(entries, String(key))) continue;
      const message = `\`x-source\` names \`${key}\`, which sources.yaml does not have. Add the page there, or correct the key.`;
      report({ message, location: location.child('x-source') });
    }
  }

  return {
    any: {
      enter: (node: unknown, context: UserContext) =>
        checkMarks(node, context, markedTypes.has(context.type.name) || namedSchema.test(context.location.pointer)),
    },
    // The siblings of a `$ref`. `any` is called with what the reference names.
    ref: { enter: (node: unknown, context: UserContext) => checkMarks(node, context, false) },
    Root: {
      leave(_: unknown, { report }: UserContext) {
        const unused = Object.keys(entries ?? {}).filter((key) => !used.has(key));
        const messages = unused.map((key) => ({
          message: `No \`x-source\` of the contract names \`${key}\`. Remove the page, or name it where it says something.`,
          pointer: `#/${key}`,
        }));
        for (const { message, pointer } of [...problems, ...messages]) {
          report({ message, location: { source, pointer, reportOnKey: true } });
        }
      },
    },
  };
}

function readSources(file: string) {
  const source = new Source(file, existsSync(file) ? readFileSync(file, 'utf8') : '');
  let reason = '';
  try {
    const entries: unknown = parseYaml(source.body);
    if (isPlainObject(entries)) return { source, entries, problems: findProblems(entries) };
  } catch (error) {
    reason = error instanceof Error ? `: ${error.message.split('\n', 1)[0]}` : '';
  }
  const message = `sources.yaml holds no pages${reason}. It must be YAML: a key for each page, and below it title, url and read.`;
  return { source, problems: [{ message, pointer: '#/' }] };
}

function findProblems(entries: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(entries).flatMap(([key, entry]) => {
    const page = isPlainObject(entry) ? entry : {};
    return members
      .filter(([name, , fits]) => typeof page[name] !== 'string' || !fits(page[name]))
      .map(([name, what]) => ({
        message: `\`${name}\` of the page \`${key}\` must be ${what}.`,
        pointer: name in page ? `#/${key}/${name}` : `#/${key}`,
      }));
  });
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.startsWith(text) === true;
}
