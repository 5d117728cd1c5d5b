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
  /** Makes the spans. Default: the global provider's. */
  readonly tracer?: Tracer | undefined;
  /** Makes the metrics. Default: the global provider's, which must be set before the hooks are made. */
  readonly meter?: Meter | undefined;
}

const instrumentation = '@didit-data/client';

/** The buckets that the conventions recommend, in seconds. */
const durationBuckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * Hooks that make spans and metrics under OpenTelemetry's semantic conventions for HTTP clients.
 *
 * | what | name | attributes |
 * |---|---|---|
 * | a client span per attempt, token requests too | `GET /auth/v2/session/{session_id}/decision/` | those of the histogram, and `http.request.resend_count` |
 * | histogram, seconds | `http.client.request.duration` | `http.request.method`, `url.template`, `server.address`, `server.port`, `http.response.status_code`, `error.type` |
 * | counter | `didit_data.retries` | `didit_data.operation`, and the status or `error.type` that led to the retry |
 * | counter | `didit_data.token.events` | `didit_data.token.event`: see `TokenEvent`; `error.type` |
 *
 * There is no `url.full`: the path names a session. Waiting between two attempts belongs to neither span, and no
 * header is sent that would carry the trace to the service.
 *
 * @example
 * const didit = createClient({ clientId, clientSecret, hooks: openTelemetryHooks() });
 * // beside hooks of your own:
 * const hooks = { ...openTelemetryHooks(), onValidation: ({ violations }) => log.warn(violations) };
 */
export function openTelemetryHooks({ tracer, meter }: OpenTelemetryOptions = {}): Hooks {
  const { startSpan, endSpan } = spansOf(tracer ?? trace.getTracer(instrumentation));
  const { duration, retries, tokenEvents } = instrumentsOf(meter ?? metrics.getMeter(instrumentation));
  return {
    onRequest: startSpan,
    onResponse(event) {
      const outcome = outcomeOf(event);
      endSpan(event.request, outcome);
      duration.record(event.durationMs / 1_000, { ...targetOf(event.request), ...outcome });
    },
    onRetry(event) {
      const operation = isNamed(event.operation) ? { 'didit_data.operation': event.operation } : {};
      retries.add(1, { ...operation, ...outcomeOf(event) });
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
      const name = [request.method, attributes['url.template']].filter(Boolean).join(' ');
      open.set(request, tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }));
    },
    endSpan(request: RequestEvent, outcome: Attributes): void {
      const span = open.get(request);
      if (!span) return;
      span.setAttributes(outcome);
      if (outcome['error.type'] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
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

/** Where a request goes: all of it is known beforehand, and there are few values of it. */
function targetOf({ operation, method, route, host, port }: RequestEvent): Attributes {
  return {
    'http.request.method': method,
    ...(isNamed(operation) && route && { 'url.template': route }),
    'server.address': host.replace(/^\[|\]$/g, ''),
    'server.port': port,
  };
}

function outcomeOf({ status, error }: Pick<ResponseEvent, 'status' | 'error'>): Attributes {
  const errorType = error ?? (status !== undefined && status >= 400 ? String(status) : undefined);
  return {
    ...(status !== undefined && { 'http.response.status_code': status }),
    ...(errorType && { 'error.type': errorType }),
  };
}

/** What is no operation of the contract goes by its method and path, which may name a session. */
function isNamed(operation: string): boolean {
  return !operation.includes('/');
}
