import { stampVersion } from '../document/version.ts';
import { contractFile } from '../repository/paths.ts';

/** `pnpm contract stamp` */
export async function stamp(): Promise<string> {
  return `The contract is version ${await stampVersion(contractFile)}.`;
}
