export type { AccessToken } from './auth/client-credentials.ts';
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
  ConflictError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  ServerError,
  UnprocessableEntityError,
} from './errors/api-errors.ts';
export { MissingScopeError, NotConfirmedError } from './errors/decision-errors.ts';
export { DiditDataError } from './errors/didit-data-error.ts';
export { ClientClosedError, ConnectionError, TimeoutError } from './errors/no-response-errors.ts';
export { OptionsError } from './errors/options-error.ts';
export { type ContractViolation, ResponseParseError, ResponseValidationError } from './errors/response-body-errors.ts';
export { TokenError } from './errors/token-error.ts';
export { contractVersion } from './generated/contract.ts';
export type { components, operations, paths } from './generated/openapi.ts';
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent, TokenEvent, ValidationEvent } from './http/hooks.ts';
export type { CallOptions } from './options/call-options.ts';
export type { ClientOptions, CommonOptions, CredentialOptions } from './options/client-options.ts';
export type { RawClient } from './raw.ts';
export type { CreateSession, Sessions } from './sessions.ts';
export type { Decision, DecisionStatus, Scope, Session, SessionStatus, UserData } from './types.ts';
export type { WaitOptions } from './wait-for-decision.ts';
