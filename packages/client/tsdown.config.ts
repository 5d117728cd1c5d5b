import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/opentelemetry.ts', 'src/report.ts', 'src/undici.ts'],
  platform: 'neutral',
  target: 'es2023',
  hash: false,
  sourcemap: true,
  dts: { sourcemap: true },
  // What is loaded later shares no more than this with what is loaded at once, so that bundlers need not cut the rest in two.
  outputOptions: { codeSplitting: { groups: [{ name: 'abort', test: /http.abort\.ts$/ }] } },
  // The bundler drops such lines of the sources. Without it, the types need the newest `lib` where they are used.
  banner: ({ fileName }) => (fileName === 'index.d.ts' ? '/// <reference lib="esnext.disposable" />' : undefined),
  deps: { neverBundle: [/^node:/] },
});
