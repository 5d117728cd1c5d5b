import type { Fetch } from './compose.ts';
import { LightRequest, requestClass } from './light-request.ts';

/** A `fetch`, and the `Request` that openapi-fetch is to make for it: one that is cheaper than the platform's. */
export type Transport = Fetch & { readonly Request?: typeof Request };

/**
 * The platform's `fetch`, looked up at each call, so that a mock that is installed later is seen. It makes a `Request`
 * of whatever it gets; a light one is handed over in parts, so that it is the only one that is made.
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
