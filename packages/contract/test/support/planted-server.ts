import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMock, type InProcessMock, type InProcessOptions } from '@didit-data/mock';
import { operations } from './contract.ts';

/** An answer that can still be altered. */
interface Draft {
  status: number;
  headers: Headers;
  body: Uint8Array;
}

/** Alters answers of an operation. */
export type Plant = (draft: Draft) => void;

export interface PlantedServer extends AsyncDisposable {
  readonly url: string;
  readonly mock: InProcessMock;
}

/** Serves the mock on loopback, with answers of some operations altered on the way out. */
export async function servePlanted(
  plants: Readonly<Record<string, Plant>> = {},
  options: InProcessOptions = {},
): Promise<PlantedServer> {
  const mock = await createMock(options);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await mock.fetch(mock.url + request.url, {
      method: request.method ?? 'GET',
      headers: request.headers as Record<string, string>,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    const draft = { status: answer.status, headers: new Headers(answer.headers), body: await answer.bytes() };
    plants[operationOf(request.method ?? '', request.url ?? '')]?.(draft);
    draft.headers.delete('content-length');
    response.writeHead(draft.status, Object.fromEntries(draft.headers)).end(draft.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, mock, [Symbol.asyncDispose]: close };
}

export function operationOf(method: string, url: string): string {
  const { pathname } = new URL(url, 'http://localhost');
  const found = operations.find(
    (operation) =>
      operation.method === method && new RegExp(`^${operation.path.replace(/\{[^{}]+\}/g, '[^/]+')}$`).test(pathname),
  );
  return found?.id ?? '';
}

/** Alters the JSON of successes. */
// biome-ignore lint/suspicious/noExplicitAny: plants alter any part of a body
export function inJson(alter: (body: any) => unknown): Plant {
  return (draft) => {
    if (draft.status >= 300) return;
    const body: unknown = JSON.parse(new TextDecoder().decode(draft.body));
    draft.body = new TextEncoder().encode(JSON.stringify(alter(body) ?? body));
  };
}
