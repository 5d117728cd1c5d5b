/** What a way to call the service does in addition to the call, as it is measured here. */
export interface ContenderFacts {
  /** Its file in peers/src/contenders. */
  readonly id: string;
  readonly name: string;
  readonly retry: string;
  readonly timeLimit: string;
  readonly validation: string;
  readonly token: string;
}

const none = '–';
const given = 'given one';

/** All make the same call, with their own features switched on. */
export const contenders: readonly ContenderFacts[] = [
  { id: 'global-fetch', name: 'global fetch', retry: none, timeLimit: none, validation: none, token: given },
  { id: 'openapi-fetch', name: 'openapi-fetch', retry: none, timeLimit: none, validation: none, token: given },
  {
    id: 'openapi-fetch-time-limit',
    name: 'openapi-fetch, time limit',
    retry: none,
    timeLimit: 'yes, to the last byte',
    validation: none,
    token: given,
  },
  { id: 'axios', name: 'axios', retry: none, timeLimit: 'yes', validation: none, token: given },
  { id: 'ky', name: 'ky', retry: 'yes', timeLimit: 'yes', validation: none, token: given },
  { id: 'ofetch', name: 'ofetch', retry: 'yes', timeLimit: 'yes', validation: none, token: given },
  {
    id: 'undici-request',
    name: 'undici request',
    retry: none,
    timeLimit: 'headers, and gaps in the body',
    validation: none,
    token: given,
  },
  {
    id: 'redocly',
    name: 'redocly generate-client',
    retry: 'yes',
    timeLimit: 'yes',
    validation: 'zod',
    token: 'asks a function',
  },
  { id: 'hey-api', name: 'hey-api', retry: none, timeLimit: none, validation: 'zod', token: 'asks a function' },
  { id: 'orval', name: 'orval', retry: none, timeLimit: none, validation: 'zod', token: given },
  {
    id: 'ours',
    name: 'ours',
    retry: 'yes',
    timeLimit: 'yes, to the last byte',
    validation: 'ajv, made ahead',
    token: 'requests, caches, renews',
  },
  {
    id: 'ours-undici',
    name: 'ours on ./undici',
    retry: 'yes',
    timeLimit: 'yes, to the last byte',
    validation: 'ajv, made ahead',
    token: 'requests, caches, renews',
  },
];
