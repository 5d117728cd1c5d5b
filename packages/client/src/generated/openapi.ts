/*
 * Generated from openapi/didit-data.yaml by `pnpm contract generate`. Do not edit: edit the contract.
 * Contract SHA-256: 09a41389eabc917f0c3ba544be3a3c19ac55f6cc8046bf61ef58eb99580cd185
 */
export interface paths {
  '/auth/v2/token/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Issue an access token
     * @description OAuth 2.0 client credentials grant. The client authenticates with HTTP Basic; the body carries `grant_type`
     *     and nothing else. There is no refresh token: ask again.
     */
    post: operations['issueToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/v2/session': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create a session
     * @description Creates a data transfer session. Show the returned `url` to the person, as a QR code or a link.
     *     There is no idempotency key: never repeat this call when its outcome is unknown.
     *
     *     Documented without a trailing slash; the vendor's own demo posts to `/auth/v2/session/`.
     */
    post: operations['createSession'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/v2/session/{session_id}/status/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Retrieve a session's status
     * @description Says how far the person has come, in lower case. Meant for polling; no cadence is documented.
     */
    get: operations['getSessionStatus'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/auth/v2/session/{session_id}/decision/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Retrieve a session's decision
     * @description Returns detailed information about the session, its status and the user data that was shared.
     */
    get: operations['getSessionDecision'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description The token request's form. */
    TokenRequest: {
      /**
       * @description Always `client_credentials`.
       * @enum {string}
       */
      grant_type: 'client_credentials';
    };
    /**
     * @description An access token. Count its life from receipt by `expires_in`; the documented `iat` and `exp` contradict it
     *     and are informational.
     */
    Token: {
      /** @description The token. Opaque; never decode it. */
      access_token: string;
      /** @description Life of the token in seconds, counted from receipt. */
      expires_in?: number;
      /** @description Absent in the documented body. If present, `bearer` in any case. */
      token_type?: string;
      /** @description Issuer. */
      iss?: string;
      /** @description Issued at, epoch seconds. Informational. */
      iat?: number;
      /** @description Expires at, epoch seconds. Informational. */
      exp?: number;
      /** @description The application. */
      sub?: string;
      /** @description The client that the token was issued to. */
      client_id?: string;
      /** @description The organization that the client belongs to. */
      organization_id?: string;
    };
    /** @description What to ask the person for. */
    CreateSessionRequest: {
      /** @description The scopes to ask for, separated by spaces. */
      scope: string;
      /** @description Your own identifier for the person or the case; comes back with the decision. */
      vendor_data?: string;
    };
    /** @description A new session. `session_token` is a secret, and `url` contains it. */
    Session: {
      /** @description Unique identifier of the session. Keep it with your user. */
      session_id: string;
      /** @description Secret of this session, sent as `Data-Session-Token` when its status is asked for. */
      session_token: string;
      /** @description Where the person decides. Show it as a QR code or a link. */
      url: string;
    };
    /** @description How far a session has come. */
    SessionState: {
      status: components['schemas']['SessionStatus'];
    };
    /**
     * @description A session's status, in lower case. An open list: an unknown value is never a success.
     *     `confirmed`, `declined`, `cancelled` and `expired` are final. The demo does not have `cancelled`; it follows the
     *     decision's list.
     */
    SessionStatus:
      | 'initialized'
      | 'retrieved'
      | 'confirmed'
      | 'declined'
      | 'cancelled'
      | 'expired'
      | (string & Record<never, never>);
    /**
     * @description A decision's status, in Title case. An open list: compare without regard to case, and never take an unknown
     *     value for a success. `Confirmed` and `Cancelled` are documented; the others follow the status operation.
     */
    DecisionStatus:
      | 'Initialized'
      | 'Retrieved'
      | 'Confirmed'
      | 'Declined'
      | 'Cancelled'
      | 'Expired'
      | (string & Record<never, never>);
    /** @description A kind of data to ask for. An open list. `pictures` is an alias of `picture` that the documented examples use. */
    Scope:
      | 'user_id'
      | 'picture'
      | 'pictures'
      | 'names'
      | 'email'
      | 'phone'
      | 'gender'
      | 'document_detail'
      | 'birthdate'
      | 'address'
      | 'bank_account'
      | 'preferences'
      | 'is_verified'
      | 'is_over_18'
      | 'is_over_21'
      | 'instagram_account'
      | 'x_account'
      | 'tiktok_account'
      | (string & Record<never, never>);
    /** @description A session, its status, and the data that the person has shared. */
    Decision: {
      /** @description Unique identifier of the session. */
      session_id: string;
      /** @description Numeric identifier of the session. */
      session_number?: number | null;
      status: components['schemas']['DecisionStatus'];
      /** @description What was given when the session was created; absent or null when nothing was. */
      vendor_data?: string | null;
      /** @description The scopes that were requested and approved, separated by spaces. May be fewer than asked for. */
      scope?: string | null;
      /** @description The data that was shared. Null or absent before the person has approved. */
      user_data?: components['schemas']['UserData'] | null;
      /**
       * Format: date-time
       * @description When the session was created.
       */
      created_at?: string | null;
    };
    /**
     * @description The shared data, one member a scope. A scope that was not granted is absent or null. Only `sub` is always
     *     present.
     */
    UserData: {
      /** @description Unique identifier of the person, the same in all sessions. */
      sub: string;
      /** @description The person's Didit identifier. Verified by Didit. */
      user_id?: string | null;
      /**
       * Format: uri
       * @description Temporary URL of the person's picture. Not verified. Do not store it.
       */
      picture?: string | null;
      names?: components['schemas']['Names'] | null;
      email?: components['schemas']['Email'] | null;
      phone?: components['schemas']['Phone'] | null;
      gender?: components['schemas']['OpenObject'];
      document_detail?: components['schemas']['OpenObject'];
      birthdate?: components['schemas']['OpenObject'];
      address?: components['schemas']['OpenObject'];
      bank_account?: components['schemas']['OpenObject'];
      preferences?: components['schemas']['OpenObject'];
      /** @description Whether Didit has verified the person. */
      is_verified?: boolean | null;
      /** @description Whether the person is over 18. Verified by Didit. */
      is_over_18?: boolean | null;
      /** @description Whether the person is over 21. Verified by Didit. */
      is_over_21?: boolean | null;
      instagram_account?: components['schemas']['OpenObject'];
      x_account?: components['schemas']['OpenObject'];
      tiktok_account?: components['schemas']['OpenObject'];
    };
    /** @description The person's names. Verified by Didit. */
    Names: {
      first_name?: string | null;
      family_name?: string | null;
      full_name?: string | null;
      is_verified?: boolean | null;
    };
    /** @description The person's e-mail address. Verified by Didit. */
    Email: {
      email?: string | null;
      is_verified?: boolean | null;
      is_primary?: boolean | null;
    };
    /** @description The person's phone number. Verified by Didit. */
    Phone: {
      /** @description In E.164 form, for example `+34123456789`. */
      phone_number?: string | null;
      is_verified?: boolean | null;
      is_primary?: boolean | null;
    };
    /** @description An object whose members are not documented. */
    OpenObject: {
      [key: string]: unknown;
    } | null;
    /**
     * @description The body of an error. The operations share no envelope, so a client takes every shape that is known and keeps
     *     the raw body. What kind of error it is follows from the HTTP status alone.
     */
    ErrorBody:
      | components['schemas']['OAuthError']
      | components['schemas']['DetailError']
      | components['schemas']['MessageError']
      | components['schemas']['FieldErrors']
      | components['schemas']['ErrorList'];
    /** @description RFC 6749 §5.2. */
    OAuthError: {
      /** @description A code, for example `invalid_client`. */
      error: string;
      /** @description What happened, for people. */
      error_description?: string | null;
    };
    /** @description One message with an optional code. */
    DetailError: {
      detail: string;
      code?: string | null;
    };
    /** @description One message, as every documented code sample reads it. */
    MessageError: {
      message: string;
    };
    /** @description Messages by field; fields may nest. */
    FieldErrors: {
      [key: string]: unknown;
    };
    /** @description A bare list of messages. */
    ErrorList: string[];
  };
  responses: {
    /** @description The token request is malformed, or its grant type is not supported (RFC 6749 §5.2). */
    TokenBadRequest: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The client id or secret is wrong (RFC 6749 §5.2). */
    TokenUnauthorized: {
      headers: {
        'WWW-Authenticate': components['headers']['WwwAuthenticate'];
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The request was not understood or not accepted. */
    BadRequest: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The credential is wrong or has expired. */
    Unauthorized: {
      headers: {
        'WWW-Authenticate': components['headers']['WwwAuthenticate'];
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description No credential was sent, or it has no permission. */
    Forbidden: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description There is no such session, or no such path. */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description Too many requests. Wait as long as `Retry-After` says. */
    TooManyRequests: {
      headers: {
        'Retry-After': components['headers']['RetryAfter'];
        'X-RateLimit-Limit': components['headers']['RateLimitLimit'];
        'X-RateLimit-Remaining': components['headers']['RateLimitRemaining'];
        'X-RateLimit-Reset': components['headers']['RateLimitReset'];
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The service or a proxy before it failed. The body may be JSON, HTML or nothing at all. */
    ServerError: {
      headers: {
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
        'text/html': string;
      };
    };
  };
  parameters: {
    /**
     * @description Unique identifier of the session. Its format is not stated.
     * @example 3f1c7a52-session
     */
    SessionId: string;
    /**
     * @description The `session_token` of `createSession`. A secret.
     * @example example-session-token
     */
    DataSessionToken: string;
  };
  requestBodies: never;
  headers: {
    /**
     * @description Seconds to wait, or an HTTP date to wait for.
     * @example 5
     */
    RetryAfter: string;
    /**
     * @description Requests allowed in the window.
     * @example 100
     */
    RateLimitLimit: string;
    /**
     * @description Requests left in the window.
     * @example 0
     */
    RateLimitRemaining: string;
    /**
     * @description When the window ends, in epoch seconds.
     * @example 1722508230
     */
    RateLimitReset: string;
    /**
     * @description The challenge of RFC 6750 or RFC 7617.
     * @example Bearer error="invalid_token"
     */
    WwwAuthenticate: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  issueToken: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/x-www-form-urlencoded': components['schemas']['TokenRequest'];
      };
    };
    responses: {
      /** @description A token was issued. The documentation shows the body and does not name the status. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Token'];
        };
      };
      400: components['responses']['TokenBadRequest'];
      401: components['responses']['TokenUnauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      '5XX': components['responses']['ServerError'];
    };
  };
  createSession: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateSessionRequest'];
      };
    };
    responses: {
      /** @description The session was created. The documentation shows the body and does not name the status. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
      /** @description The session was created. The documentation shows the body and does not name the status. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Session'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      '5XX': components['responses']['ServerError'];
    };
  };
  getSessionStatus: {
    parameters: {
      query?: never;
      header: {
        /**
         * @description The `session_token` of `createSession`. A secret.
         * @example example-session-token
         */
        'Data-Session-Token': components['parameters']['DataSessionToken'];
      };
      path: {
        /**
         * @description Unique identifier of the session. Its format is not stated.
         * @example 3f1c7a52-session
         */
        session_id: components['parameters']['SessionId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session's status. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionState'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      '5XX': components['responses']['ServerError'];
    };
  };
  getSessionDecision: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description Unique identifier of the session. Its format is not stated.
         * @example 3f1c7a52-session
         */
        session_id: components['parameters']['SessionId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The session and, once the person has approved, the data that was shared. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Decision'];
        };
      };
      400: components['responses']['BadRequest'];
      401: components['responses']['Unauthorized'];
      403: components['responses']['Forbidden'];
      404: components['responses']['NotFound'];
      429: components['responses']['TooManyRequests'];
      '5XX': components['responses']['ServerError'];
    };
  };
}
