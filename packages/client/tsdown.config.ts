import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/layers.ts', 'src/opentelemetry.ts', 'src/report.ts', 'src/undici.ts'],
  platform: 'neutral',
  target: 'es2023',
  hash: false,
  dts: true,
  deps: { neverBundle: [/^node:/] },
});
