import { stampVersion } from '../document/stamp.ts';
import { contractFile } from '../repository/paths.ts';
import { type Command, expectNoArguments } from './command.ts';

export const stampCommand: Command = {
  summary: 'write the version of @didit-data/openapi into the contract',
  async run(args) {
    expectNoArguments(args);
    return `The contract is version ${await stampVersion(contractFile)}.`;
  },
};
