import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: './contract.json',
  output: { path: 'hey-api', module: { extension: '.ts' } },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', 'zod', { name: '@hey-api/sdk', validator: true }],
});
