import { checkSoundness } from '../lint.ts';
import { contractFile, upstreamDirectory } from '../paths.ts';
import { checkUpstream } from '../upstream/command.ts';
import { type Command, expectNoArguments } from './command.ts';

export const upstreamCommand: Command = {
  summary: 'fail when the contract and the records in openapi/upstream do not agree',
  async run(args) {
    expectNoArguments(args);
    await checkSoundness(contractFile);
    const { facts, records } = await checkUpstream(contractFile, upstreamDirectory);
    return `The contract's ${facts} facts agree with ${records} records in openapi/upstream.`;
  },
};
