import type { components } from './generated/openapi.ts';

type Schemas = components['schemas'];

/** A new session. `session_token` is a secret, and `url` contains it. */
export type Session = Schemas['Session'];
/** A session's status, in lower case. An open list: an unknown value is never a success. */
export type SessionStatus = Schemas['SessionStatus'];
/** A session, its status, and the data that the person has shared. */
export type Decision = Schemas['Decision'];
/** A decision's status, in Title case. An open list: an unknown value is never a success. */
export type DecisionStatus = Schemas['DecisionStatus'];
/** The shared data, one member a scope. */
export type UserData = Schemas['UserData'];
/** A kind of data to ask for. An open list. */
export type Scope = Schemas['Scope'];
