export { MockContractError, MockOptionsError } from './errors.ts';
export { type Mock, type MockSessions, startMock } from './mock.ts';
export type { MockClient } from './oauth.ts';
export type { MockOptions } from './options.ts';
export type { Scenario } from './scenario.ts';
export type { MockSession, SessionStatus } from './session.ts';
export type { MockTokens } from './tokens.ts';
