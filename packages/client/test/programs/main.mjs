// Takes the settings as its argument, since not every runtime hands out its environment.
import process from 'node:process';
import { smoke } from './smoke.mjs';

process.stdout.write(JSON.stringify(await smoke(JSON.parse(process.argv[2]))));
