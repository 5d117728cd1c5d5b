/** The usual import of a way to call the service, as its users write it. */
export interface UsualImport {
  readonly name: string;
  readonly statement: string;
  /** What the program uses of it. */
  readonly used: string;
  /** Where it runs. Default: browser. */
  readonly platform?: 'browser' | 'node';
  /** The packages that a user installs to run it. A generator's code is in the user's own repository. */
  readonly installs: readonly string[];
  /** The packages that a user installs to generate it, if it is generated. */
  readonly generator?: readonly string[];
}

/** The imports that are compared. */
export const usualImports: readonly UsualImport[] = [
  {
    name: 'openapi-fetch',
    statement: "import createClient from 'openapi-fetch'",
    used: 'createClient',
    installs: ['openapi-fetch'],
    generator: ['openapi-typescript', 'typescript'],
  },
  { name: 'axios', statement: "import axios from 'axios'", used: 'axios', installs: ['axios'] },
  { name: 'ky', statement: "import ky from 'ky'", used: 'ky', installs: ['ky'] },
  { name: 'ofetch', statement: "import { ofetch } from 'ofetch'", used: 'ofetch', installs: ['ofetch'] },
  {
    name: 'undici request',
    statement: "import { request } from 'undici'",
    used: 'request',
    platform: 'node',
    installs: ['undici'],
  },
  {
    name: 'redocly generate-client',
    statement:
      "import { getSessionDecision } from './generated/redocly/client.ts';" +
      "import { zodValidation } from './generated/redocly/client.zod.ts'",
    used: '[getSessionDecision, zodValidation]',
    installs: ['zod'],
    generator: ['@redocly/cli'],
  },
  {
    name: 'hey-api',
    statement: "import { getSessionDecision } from './generated/hey-api/sdk.gen.ts'",
    used: 'getSessionDecision',
    installs: ['zod'],
    generator: ['@hey-api/openapi-ts', 'typescript'],
  },
  {
    name: 'orval',
    statement: "import { getSessionDecision } from './generated/orval/client.ts'",
    used: 'getSessionDecision',
    installs: ['zod'],
    generator: ['orval'],
  },
  {
    name: 'ours',
    statement: "import { createClient } from '@didit-data/client'",
    used: 'createClient',
    installs: ['@didit-data/client'],
  },
  {
    name: 'ours on ./undici',
    statement:
      "import { createClient } from '@didit-data/client'; import { undiciFetch } from '@didit-data/client/undici'",
    used: '[createClient, undiciFetch]',
    platform: 'node',
    installs: ['@didit-data/client', 'undici'],
  },
];
