import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** The site loads its own style, icon and script, asks only itself, and nothing else: no inline code, no other host. */
export const protectiveHeaders: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin', // "no-referrer" would also blank the Origin header that the form check reads
  strictTransportSecurity: false, // belongs to whoever ends TLS
});

/** Pages are one person's: nobody keeps a copy. */
export const neverCached: MiddlewareHandler = (c, next) => {
  c.header('Cache-Control', 'no-store');
  return next();
};
