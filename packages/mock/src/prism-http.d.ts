/** Prism's engine, which is bundled: see `scripts/bundle-prism.ts`. */

export type {
  IHttpConfig,
  IHttpOperationConfig,
  IHttpRequest,
  IHttpResponse,
} from '@stoplight/prism-http';
export { createInstance, getHttpOperationsFromSpec, ProblemJsonError } from '@stoplight/prism-http';
