import { type ResponseDetails, ResponseError } from './response-error.ts';

/** A 2xx response whose body is empty, not JSON, cut short or too large. */
export class ResponseParseError extends ResponseError {
  override get name(): 'ResponseParseError' {
    return 'ResponseParseError';
  }
}

/** One way in which a body departs from the contract: where and which rule, never the value. */
export interface ContractViolation {
  /** JSON pointer into the body, for example `/user_data/email`; empty for the body itself. */
  readonly path: string;
  /** For example `must be boolean`. */
  readonly message: string;
}

/** A 2xx response whose body breaks the contract. */
export class ResponseValidationError extends ResponseError {
  readonly violations: readonly ContractViolation[];

  constructor(violations: readonly ContractViolation[], details: ResponseDetails) {
    const shown = violations.slice(0, 3).map(({ path, message }) => `${path || 'the body'} ${message}`);
    const more = violations.length > shown.length ? ` (and ${violations.length - shown.length} more)` : '';
    super(`The response breaks the contract: ${shown.join('; ')}${more}.`, details);
    this.violations = violations;
  }

  override get name(): 'ResponseValidationError' {
    return 'ResponseValidationError';
  }
}
