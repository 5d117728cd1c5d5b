import {
  type Attributes,
  type Meter,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Hooks, RequestEvent, ResponseEvent } from './http/hooks.ts';

/** Options of {@link openTelemetryHooks}. */
export interface OpenTelemetryOptions {
  /** Creates the spans. Default: the global provider's. */
  readonly tracer?: Tracer | undefined;
  /** Creates the metrics. Default: the global provider's, which must be set before the hooks are created. */
  readonly meter?: Meter | undefined;
}

const instrumentation = '@didit-data/client';

/** The buckets that the conventions recommend, in seconds. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * Hooks that create spans and metrics by OpenTelemetry's semantic conventions for HTTP clients.
 *
 * | what | name | attributes |
 * |---|---|---|
 * | a client span per attempt, token requests too | `GET /auth/v2/session/{session_id}/decision/` | those of the histogram, and `http.request.resend_count` |
 * | histogram, seconds | `http.client.request.duration` | `http.request.method`, `url.template`, `server.address`, `server.port`, `http.response.status_code`, `error.type` |
 * | counter | `didit_data.retries` | `didit_data.operation`, and the status or `error.type` that caused the retry |
 * | counter | `didit_data.token.events` | `didit_data.token.event`: see `TokenEvent`; `error.type` |
 *
 * There is no `url.full`, because the path names a session. No span covers the wait between two attempts. No header
 * carries the trace to the service.
 *
 * @example
 * const didit = createClient({ clientId, clientSecret, hooks: openTelemetryHooks() });
 * // together with hooks of your own:
 * const hooks = { ...openTelemetryHooks(), onValidation: ({ violations }) => log.warn(violations) };
 */
export function openTelemetryHooks({ tracer, meter }: OpenTelemetryOptions = {}): Hooks {
  const { startSpan, endSpan } = spansOf(tracer ?? trace.getTracer(instrumentation));
  const { duration, retries, tokenEvents } = instrumentsOf(meter ?? metrics.getMeter(instrumentation));
  return {
    onRequest: startSpan,
    onResponse(event) {
      const result = resultOf(event);
      endSpan(event.request, result);
      duration.record(event.durationMs / 1_000, { ...targetOf(event.request), ...result });
    },
    onRetry(event) {
      retries.add(1, { 'didit_data.operation': event.operation, ...resultOf(event) });
    },
    onToken({ type, error }) {
      tokenEvents.add(1, { 'didit_data.token.event': type, ...(error && { 'error.type': error }) });
    },
  };
}

function spansOf(tracer: Tracer) {
  const open = new WeakMap<RequestEvent, Span>();
  return {
    startSpan(request: RequestEvent): void {
      const attributes = targetOf(request);
      if (request.attempt > 0) attributes['http.request.resend_count'] = request.attempt;
      open.set(request, tracer.startSpan(`${request.method} ${request.route}`, { kind: SpanKind.CLIENT, attributes }));
    },
    endSpan(request: RequestEvent, result: Attributes): void {
      const span = open.get(request);
      if (!span) return;
      span.setAttributes(result);
      if (result['error.type'] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function instrumentsOf(meter: Meter) {
  return {
    duration: meter.createHistogram('http.client.request.duration', {
      description: 'Duration of HTTP client requests.',
      unit: 's',
      advice: { explicitBucketBoundaries: durationBuckets },
    }),
    retries: meter.createCounter('didit_data.retries', {
      description: 'Requests that were sent again.',
      unit: '{retry}',
    }),
    tokenEvents: meter.createCounter('didit_data.token.events', {
      description: 'What happened to access tokens.',
      unit: '{event}',
    }),
  };
}

/** Where a request goes: known before it is sent, and of low cardinality. */
function targetOf({ method, route, host, port }: RequestEvent): Attributes {
  return {
    'http.request.method': method,
    'url.template': route,
    'server.address': host.replace(/^\[|\]$/g, ''),
    'server.port': port,
  };
}

function resultOf({ status, error }: Pick<ResponseEvent, 'status' | 'error'>): Attributes {
  const errorType = error ?? (status !== undefined && status >= 400 ? String(status) : undefined);
  return {
    ...(status !== undefined && { 'http.response.status_code': status }),
    ...(errorType && { 'error.type': errorType }),
  };
}
