import { type RefusalDetails, ResponseError } from './response-error.ts';

/** The service answered with an error status. The class follows from the status, never from the body. */
export class ApiError extends ResponseError {
  declare readonly status: number;
  /** How long the service asks to wait, in milliseconds, where it asks for a pause. */
  declare readonly retryAfterMs?: number;

  constructor(message: string, details: Omit<RefusalDetails, 'code'> & { readonly status: number }) {
    super(message, details);
  }

  override get name(): string {
    return 'ApiError';
  }
}

/** 400: the request was not understood or not accepted. */
export class BadRequestError extends ApiError {
  override get name(): 'BadRequestError' {
    return 'BadRequestError';
  }
}

/** 401: the credential is wrong or has expired, and a new token did not help. */
export class AuthenticationError extends ApiError {
  override get name(): 'AuthenticationError' {
    return 'AuthenticationError';
  }
}

/** 403: the credential has no permission, or none was sent. */
export class PermissionDeniedError extends ApiError {
  override get name(): 'PermissionDeniedError' {
    return 'PermissionDeniedError';
  }
}

/** 404: there is no such session. */
export class NotFoundError extends ApiError {
  override get name(): 'NotFoundError' {
    return 'NotFoundError';
  }
}

/** 409: the request conflicts with the session's state. */
export class ConflictError extends ApiError {
  override get name(): 'ConflictError' {
    return 'ConflictError';
  }
}

/** 422: the request is well formed and not accepted. */
export class UnprocessableEntityError extends ApiError {
  override get name(): 'UnprocessableEntityError' {
    return 'UnprocessableEntityError';
  }
}

/** 429: too many requests. */
export class RateLimitError extends ApiError {
  override get name(): 'RateLimitError' {
    return 'RateLimitError';
  }
}

/** 5xx: the service, or a proxy before it, failed. */
export class ServerError extends ApiError {
  override get name(): 'ServerError' {
    return 'ServerError';
  }
}
