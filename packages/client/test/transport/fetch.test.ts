import { describe } from 'vitest';
import { faults } from './faults.ts';

describe('on the global fetch', () => faults(() => ({})));
