// What `pnpm contract generate` and `pnpm contract check` do, for any contract and folder.
import { findDrift } from '../../../packages/contract/src/check.ts';
import { generate, writeGenerated } from '../../../packages/contract/src/generate.ts';

const [task = '', contract = '', directory = ''] = process.argv.slice(2);
const files = await generate(contract);
if (task === 'generate') await writeGenerated(files, directory);
else if ((await findDrift(files, directory)).length > 0) throw new Error('the generated folder is not current');
