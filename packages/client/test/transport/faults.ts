import { describe } from 'vitest';
import { type MakeTransport, setUpTrials } from '../support/trial.ts';
import { abortFaults } from './faults/abort.ts';
import { bodyFaults } from './faults/body.ts';
import { compressionFaults } from './faults/compression.ts';
import { connectionFaults } from './faults/connection.ts';
import { statusFaults } from './faults/status.ts';
import { tokenFaults } from './faults/token.ts';

/** Everything that can go wrong on the wire. Every transport must pass, and leave nothing behind. */
export function faults(makeTransport: MakeTransport): void {
  const trial = setUpTrials(makeTransport);
  describe('the connection', () => connectionFaults(trial));
  describe('the body', () => bodyFaults(trial));
  describe('a compressed body', () => compressionFaults(trial));
  describe('the status', () => statusFaults(trial));
  describe('the token', () => tokenFaults(trial));
  describe('an abort', () => abortFaults(trial));
}
