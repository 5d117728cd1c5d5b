import { defineConfig } from 'orval';

export default defineConfig({
  client: {
    input: './contract.json',
    output: {
      target: 'orval/client.ts',
      schemas: { path: 'orval/schemas', type: 'zod', importPath: '#orval-schemas' },
      client: 'fetch',
      baseUrl: { runtime: 'process.env.BENCH_BASE_URL' },
      tsconfig: { compilerOptions: { allowImportingTsExtensions: true } },
      override: { fetch: { runtimeValidation: true } },
    },
  },
});
