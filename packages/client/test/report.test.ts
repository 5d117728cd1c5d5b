import { expect, test } from 'vitest';
import { contractVersion } from '../src/generated/contract.ts';
import type { ValidationEvent } from '../src/http/hooks.ts';
import { createContractReport } from '../src/report.ts';
import { clientAnswering, confirmed, json, rejection } from './support/helpers.ts';

const pointer = '#/paths/~1auth~1v2~1session~1{session_id}~1decision~1/get/responses/200';

test('responses that break the contract are reported, each deviation once, and calls continue', async () => {
  const report = createContractReport();
  const broken = { ...confirmed, status: undefined, user_data: { ...confirmed.user_data, sub: 5 } };
  const didit = clientAnswering(() => json(broken), { validation: 'report', hooks: report.hooks });
  await didit.sessions.decision('s-1');
  await didit.sessions.decision('s-2');

  const common = { operation: 'getSessionDecision', status: 200, contract: { pointer }, times: 2 };
  expect(JSON.parse(JSON.stringify(report))).toEqual({
    contractVersion,
    deviations: [
      { ...common, kind: 'missing-member', at: '/status', message: 'status is missing' },
      { ...common, kind: 'wrong-type', at: '/user_data/sub', message: 'must be string' },
    ],
  });
  expect(String(report)).toBe(
    'getSessionDecision 200 /status: status is missing (missing-member), 2 times\n' +
      'getSessionDecision 200 /user_data/sub: must be string (wrong-type), 2 times',
  );
});

test('answers that keep the contract leave no trace, members of tomorrow among them', async () => {
  const report = createContractReport();
  const didit = clientAnswering(() => json({ ...confirmed, tomorrow: 1 }), { hooks: report.hooks });
  await didit.sessions.decision('s-1');
  expect(report.toJSON()).toEqual({ contractVersion, deviations: [] });
  expect(String(report)).toBe('');
});

test('with validation that throws, the call fails and the report says why', async () => {
  const report = createContractReport();
  const didit = clientAnswering(() => json({ ...confirmed, session_id: '' }), { hooks: report.hooks });
  expect(await rejection(didit.sessions.decision('s-1'))).toMatchObject({ name: 'ResponseValidationError' });
  expect(report.toJSON().deviations).toMatchObject([{ kind: 'wrong-value', at: '/session_id', times: 1 }]);
});

test('no value of an answer is kept', async () => {
  const report = createContractReport();
  const odd = { session_id: 7, status: ['ada@example.com'], user_data: { sub: { name: 'Lovelace' } }, extra: 'ada' };
  const didit = clientAnswering(() => json(odd), { validation: 'report', hooks: report.hooks });
  await didit.sessions.decision('secret-session');
  expect(report.toJSON().deviations).toHaveLength(3);
  expect(JSON.stringify(report) + report).not.toMatch(/ada|Lovelace|secret-session|extra/);
});

test('a report has an end', () => {
  const { hooks, toJSON } = createContractReport();
  const event = (n: number): ValidationEvent => ({
    operation: 'getSessionDecision',
    status: 200,
    violations: [{ path: `/list/${n}`, message: 'must be string' }],
  });
  for (let n = 0; n < 1_500; n += 1) hooks.onValidation?.(event(n));
  hooks.onValidation?.(event(0));
  expect(toJSON().deviations).toHaveLength(1_000);
  expect(toJSON().deviations[0]?.times).toBe(2);
});

test('two reports share nothing', () => {
  const [one, other] = [createContractReport(), createContractReport()];
  const violations = [{ path: '/a', message: 'must be string' }];
  one.hooks.onValidation?.({ operation: 'createSession', status: 201, violations });
  expect(one.toJSON().deviations).toMatchObject([
    { contract: { pointer: '#/paths/~1auth~1v2~1session/post/responses/201' } },
  ]);
  expect(other.toJSON().deviations).toEqual([]);
});
