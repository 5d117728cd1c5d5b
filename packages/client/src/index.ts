export type { AccessToken } from './auth/access-token.ts';
export type { TokenStore } from './auth/token-store.ts';
export { createClient, type DiditClient } from './client.ts';
export {
  type ConfirmedDecision,
  isConfirmed,
  type KnownScope,
  parseScope,
  type RequireScopesOptions,
  requireConfirmed,
  requireScopes,
  type ScopeData,
} from './decision.ts';
export type { DecisionResult, DecisionsOptions, DecisionsProgress } from './decisions.ts';
export { clientFromEnv } from './env.ts';
export {
  ApiError,
  AuthenticationError,
  BadRequestError,
  ClientClosedError,
  ConflictError,
  ConnectionError,
  type ContractViolation,
  DiditDataError,
  MissingScopeError,
  NotConfirmedError,
  NotFoundError,
  OptionsError,
  PermissionDeniedError,
  RateLimitError,
  ResponseParseError,
  ResponseValidationError,
  ServerError,
  TimeoutError,
  TokenError,
  UnprocessableEntityError,
} from './errors.ts';
export { contractVersion } from './generated/contract.ts';
export type { components, operations, paths } from './generated/openapi.ts';
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent, TokenEvent, ValidationEvent } from './http/hooks.ts';
export type { CallOptions, ClientOptions, CommonOptions, CredentialOptions } from './options.ts';
export type { RawClient } from './raw.ts';
export type { CreateSession, Sessions } from './sessions.ts';
export type { Decision, DecisionStatus, Scope, Session, SessionStatus, UserData } from './types.ts';
export type { WaitOptions } from './wait-for-decision.ts';
