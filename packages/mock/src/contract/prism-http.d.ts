/** Types of Prism's engine, which `scripts/bundle-prism.ts` bundles. */

export type {
  IHttpConfig,
  IHttpOperationConfig,
  IHttpRequest,
  IHttpResponse,
} from '@stoplight/prism-http';
export type IHttpOperation = Awaited<
  ReturnType<typeof import('@stoplight/prism-http').getHttpOperationsFromSpec>
>[number];
export { createInstance, getHttpOperationsFromSpec, ProblemJsonError } from '@stoplight/prism-http';
