#!/usr/bin/env node
// Stands in for the command line of the code's host: keeps tags and releases as files, and refuses when it is told to.
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';

const { GH_STATE: state = '', GH_REFUSES: refuses } = process.env;
const args = process.argv.slice(2);
const end = (code, text) => {
  (code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
  process.exit(code);
};
const place = (kind, name) => `${state}/${kind} ${encodeURIComponent(name)}`;
const request = args.join(' ');

mkdirSync(state, { recursive: true });
appendFileSync(`${state}/requests`, `${request}\n`);
if (refuses && request.includes(refuses)) end(1, 'gh: Resource not accessible by integration (HTTP 403)');
const [, sought] = /^api repos\/owner\/name\/git\/ref\/tags\/(\S+)$/.exec(request) ?? [];
if (sought) existsSync(place('tag', sought)) ? end(0, '{}') : end(1, 'gh: Not Found (HTTP 404)');
const [, tag, sha] = /^api repos\/owner\/name\/git\/refs -f ref=refs\/tags\/(\S+) -f sha=(\w+)$/.exec(request) ?? [];
if (tag) {
  writeFileSync(place('tag', tag), sha);
  end(0, '{}');
}
const [command, verb, name, ...rest] = args;
if (command === 'release' && rest[0] === '--repo' && rest[1] === 'owner/name') {
  if (verb === 'view') existsSync(place('release', name)) ? end(0, '') : end(1, 'release not found');
  if (!rest.includes('--verify-tag') || rest.includes('--target')) end(1, 'the tag must be there first');
  writeFileSync(place('release', name), rest.at(rest.indexOf('--notes') + 1));
  end(0, '');
}
end(1, `unknown request: ${request}`);
