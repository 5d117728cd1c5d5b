import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts'],
  platform: 'neutral',
  target: 'es2023',
  hash: false,
  sourcemap: true,
  dts: { sourcemap: true },
});
