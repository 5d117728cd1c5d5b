import type { Fetch } from './compose.ts';
import { LightRequest, requestClass } from './light-request.ts';

/** A `fetch`, and the `Request` class that openapi-fetch should use for it, cheaper than the platform's. */
export type Transport = Fetch & { readonly Request?: typeof Request };

/**
 * The platform's `fetch`, looked up at each call, so that a mock that is installed later is used. The platform creates a
 * `Request` from its arguments; a light one is passed in parts, so that only one platform `Request` is created.
 */
export const globalFetch: Transport = Object.assign(
  (request: Request, init?: RequestInit): Promise<Response> => {
    if (!((request as unknown) instanceof LightRequest)) return globalThis.fetch(request, init);
    const { address, method, headers, redirect, content } = request as unknown as LightRequest;
    return globalThis.fetch(address, {
      method,
      headers,
      redirect,
      ...(content !== undefined && { body: content }),
      ...init,
    });
  },
  { Request: requestClass },
);
