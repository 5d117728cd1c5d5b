import { auth } from './auth/auth.ts';
import { client } from './client/client.ts';
import { memory } from './memory/memory.ts';
import { mock } from './mock/mock.ts';
import { pipeline } from './pipeline/pipeline.ts';
import type { Part } from './results/types.ts';
import { size } from './size/size.ts';
import { types } from './types/types.ts';

/** Everything that can be measured, by the name under which it is asked for. */
export const parts: Readonly<Record<string, Part>> = { client, auth, mock, memory, size, types, pipeline };
