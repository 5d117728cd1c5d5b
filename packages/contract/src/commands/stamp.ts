import { relative } from 'node:path';
import { contractFile, contractPackages, rootDirectory } from '../paths.ts';
import { stampChangelogs, stampVersion } from '../stamp.ts';
import { type Command, expectNoArguments } from './command.ts';

export const stampCommand: Command = {
  summary:
    'write the version of @didit-data/openapi into the contract, and into the changelogs of what is made from it',
  async run(args) {
    expectNoArguments(args);
    const version = await stampVersion(contractFile);
    const changelogs = await stampChangelogs(contractPackages, version);
    const named = changelogs.map((file) => ` ${relative(rootDirectory, file)} names it.`);
    return `The contract is version ${version}.${named.join('')}`;
  },
};
