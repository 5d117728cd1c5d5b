import { describe } from 'vitest';
import { undiciFetch } from '../../src/undici.ts';
import { faults } from './faults.ts';

describe('on undiciFetch', () => {
  faults(() => {
    const fetch = undiciFetch();
    return { fetch, close: fetch.close };
  });
});
