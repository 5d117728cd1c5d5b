import { inspect } from 'node:util';
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, expect, test, vi } from 'vitest';
import { type ClientOptions, createClient } from '../src/index.ts';
import { openTelemetryHooks } from '../src/opentelemetry.ts';
import { type Answer, confirmed, isTokenRequest, json, observed, rejection, token } from './support/helpers.ts';

const providers: { shutdown(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(providers.splice(0).map((provider) => provider.shutdown()));
  trace.disable();
  metrics.disable();
});

const template = '/auth/v2/session/{session_id}/decision/';
const target = {
  'http.request.method': 'GET',
  'url.template': template,
  'server.address': 'apx.didit.me',
  'server.port': 443,
};

test('a success is a client span and a duration, and so is the request for its token', async () => {
  const { hooks, exported } = sdk();
  await clientWith(hooks(), () => json(confirmed)).sessions.decision('s-1');

  const { spans, tokenSpans, metric } = await exported();
  expect(spans).toHaveLength(1);
  expect(spans[0]).toMatchObject({
    name: `GET ${template}`,
    kind: SpanKind.CLIENT,
    status: { code: SpanStatusCode.UNSET },
    ended: true,
  });
  expect(spans[0]?.attributes).toEqual({ ...target, 'http.response.status_code': 200 });
  expect(tokenSpans.map(({ name }) => name)).toEqual(['POST /auth/v2/token/']);

  const duration = metric('http.client.request.duration');
  expect(duration?.descriptor).toMatchObject({ type: 'HISTOGRAM', unit: 's' });
  expect(duration?.dataPoints.map(({ attributes }) => attributes)).toContainEqual({
    ...target,
    'http.response.status_code': 200,
  });
  expect(duration?.dataPoints[0]?.value).toMatchObject({
    count: 1,
    buckets: { boundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] },
  });
  expect(metric('didit_data.token.events')?.dataPoints).toMatchObject([
    { attributes: { 'didit_data.token.event': 'issued' }, value: 1 },
  ]);
  expect(metric('didit_data.retries')).toBeUndefined();
});

test('a 404 is an error whose type is the status', async () => {
  const { hooks, exported } = sdk();
  const client = clientWith(hooks(), () => json({ detail: 'Not found.' }, { status: 404 }));
  await rejection(client.sessions.decision('s-1'));

  const outcome = { 'http.response.status_code': 404, 'error.type': '404' };
  const { spans, metric } = await exported();
  expect(spans.map(({ status }) => status)).toEqual([{ code: SpanStatusCode.ERROR }]);
  expect(spans[0]?.attributes).toEqual({ ...target, ...outcome });
  expect(metric('http.client.request.duration')?.dataPoints).toContainEqual(
    expect.objectContaining({ attributes: { ...target, ...outcome } }),
  );
});

test('each attempt is a span of its own, numbered, and the retry is counted', async () => {
  const { hooks, exported } = sdk();
  let n = 0;
  const client = clientWith(hooks(), () => {
    n += 1;
    return n === 1 ? json({}, { status: 503, headers: { 'retry-after': '0' } }) : json(confirmed);
  });
  await client.sessions.decision('s-1');

  const { spans, metric } = await exported();
  expect(spans.map(({ attributes }) => attributes)).toEqual([
    { ...target, 'http.response.status_code': 503, 'error.type': '503' },
    { ...target, 'http.response.status_code': 200, 'http.request.resend_count': 1 },
  ]);
  expect(spans.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.UNSET]);
  expect(metric('didit_data.retries')?.dataPoints).toMatchObject([
    {
      attributes: {
        'didit_data.operation': 'getSessionDecision',
        'http.response.status_code': 503,
        'error.type': '503',
      },
      value: 1,
    },
  ]);
  for (const { attributes } of metric('http.client.request.duration')?.dataPoints ?? []) {
    expect(attributes).not.toHaveProperty('http.request.resend_count');
  }
});

test('a time limit is an error without a status', async () => {
  const { hooks, exported } = sdk();
  const client = clientWith(hooks(), () => new Promise(() => {}), { timeoutMs: 20, maxRetries: 0 });
  await rejection(client.sessions.decision('s-1'));

  const { spans, metric } = await exported();
  expect(spans[0]?.attributes).toEqual({ ...target, 'error.type': 'TimeoutError' });
  expect(spans[0]?.status.code).toBe(SpanStatusCode.ERROR);
  const timedOut = metric('http.client.request.duration')?.dataPoints.find(
    ({ attributes }) => attributes['error.type'] === 'TimeoutError',
  );
  const { sum } = (timedOut?.value ?? {}) as { sum?: number };
  expect(sum).toBeGreaterThanOrEqual(0.019);
  expect(sum).toBeLessThan(10); // seconds, not milliseconds
});

test('a success that cannot be used is an error with its status', async () => {
  const { hooks, exported } = sdk();
  await rejection(clientWith(hooks(), () => new Response('<html>')).sessions.decision('s-1'));
  expect((await exported()).spans[0]?.attributes).toMatchObject({
    'http.response.status_code': 200,
    'error.type': 'ResponseParseError',
  });
});

test.each([
  ['http://127.0.0.1:4010', '127.0.0.1', 4010],
  ['http://[::1]:4010', '::1', 4010],
  ['https://proxy.example/didit', 'proxy.example', 443],
])('%s is address and port', async (baseUrl, address, port) => {
  const { hooks, exported } = sdk();
  await clientWith(hooks(), () => json(confirmed), { baseUrl }).sessions.decision('s-1');
  const [span] = (await exported()).spans;
  expect(span?.attributes).toMatchObject({ 'server.address': address, 'server.port': port });
});

test('what is exported holds no secret, token or personal data', async () => {
  const { hooks, exported } = sdk();
  const answers = [
    () => json({ detail: 'ada@example.com' }, { status: 401 }), // invalidates the token and is sent again
    () => json({ ...confirmed, user_data: { sub: 5, names: { full_name: 'Ada Lovelace' } } }),
    () => json({ session_id: 's-1', session_token: 'st-1', url: 'https://example.com/st-1' }, { status: 201 }),
    () => json(confirmed),
  ];
  const client = clientWith(hooks(), () => answers.shift()?.() ?? json({ status: 'confirmed' }), { maxRetries: 0 });
  await rejection(client.sessions.decision('s-1'));
  await client.sessions.create({ scope: ['email'], vendor_data: 'user-42' });
  await client.sessions.decision('s-1');
  await client.sessions.status({ session_id: 's-1', session_token: 'st-1' });

  const { text, spans } = await exported();
  expect(spans).toHaveLength(5);
  expect(text).toContain('url.template');
  expect(text).not.toContain('url.full');
  for (const secret of [
    'secret-1',
    btoa('id:secret-1'),
    'token-1',
    'token-2',
    'st-1',
    's-1',
    'ada@',
    'Ada',
    'user-42',
  ]) {
    expect(text, `exported: ${secret}`).not.toContain(secret);
  }
});

test('without options it is the global providers that are used', async () => {
  const { spans, meters, exported } = sdk();
  trace.setGlobalTracerProvider(spans);
  metrics.setGlobalMeterProvider(meters);
  await clientWith(openTelemetryHooks(), () => json(confirmed)).sessions.decision('s-1');
  const seen = await exported();
  expect(seen.spans[0]?.instrumentationScope.name).toBe('@didit-data/client');
  expect(seen.metric('http.client.request.duration')?.dataPoints).toHaveLength(2);
});

test('without an SDK nothing happens, and the call goes through', async () => {
  const onUnhandled = vi.fn();
  process.once('unhandledRejection', onUnhandled);
  const decision = await clientWith(openTelemetryHooks(), () => json(confirmed)).sessions.decision('s-1');
  expect(decision.status).toBe('Confirmed');
  process.off('unhandledRejection', onUnhandled);
  expect(onUnhandled).not.toHaveBeenCalled();
});

/** The real SDK, exporting into memory. */
function sdk() {
  const spanExporter = new InMemorySpanExporter();
  const spans = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spanExporter })] });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  providers.push(spans, meters);
  return {
    spans,
    meters,
    hooks: () => openTelemetryHooks({ tracer: spans.getTracer('test'), meter: meters.getMeter('test') }),
    /** @returns all that was exported; spans of token requests are left out of `spans` */
    async exported() {
      await Promise.all([spans.forceFlush(), meters.forceFlush()]);
      const all = spanExporter.getFinishedSpans();
      const everyMetric =
        metricExporter
          .getMetrics()
          .at(-1)
          ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? [];
      return {
        spans: all.filter(({ name }) => !name.includes('token')),
        tokenSpans: all.filter(({ name }) => name.includes('token')),
        metric: (name: string) => everyMetric.find(({ descriptor }) => descriptor.name === name),
        /** Everything, to the innermost member. */
        text: inspect([all, metricExporter.getMetrics()], { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      };
    },
  };
}

function clientWith(hooks: ClientOptions['hooks'], answer: Answer, options: Partial<ClientOptions> = {}) {
  let tokens = 0;
  const { fetch } = observed((request) => {
    if (!isTokenRequest(request)) return answer(request);
    tokens += 1;
    return token(`token-${tokens}`);
  });
  return createClient({ clientId: 'id', clientSecret: 'secret-1', fetch, hooks, ...options } as ClientOptions);
}
