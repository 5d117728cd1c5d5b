import { once } from 'node:events';
import { createServer } from 'node:net';

/** @returns a port of loopback that was free a moment ago, for programs that cannot choose one themselves */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (!address || typeof address !== 'object') throw new Error('No port is free.');
  return address.port;
}
