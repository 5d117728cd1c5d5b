import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A proxy that can be cut: it then refuses connections, as if the server were down. */
export interface Gateway {
  readonly url: string;
  cut(): Promise<void>;
  restore(): Promise<void>;
}

export async function openGateway(target: string): Promise<Gateway> {
  const sockets = new Set<Socket>();
  const { hostname, port } = new URL(target);
  let server = await listen(0);
  const own = (server.address() as { port: number }).port;

  async function listen(at: number): Promise<Server> {
    const listening = createServer((socket) => {
      const onward = connect(Number(port), hostname);
      for (const [one, other] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => sockets.delete(one));
        one.pipe(other);
      }
    }).listen(at, '127.0.0.1');
    await once(listening, 'listening');
    return listening;
  }

  return {
    url: `http://127.0.0.1:${own}`,
    async cut() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async restore() {
      server = await listen(own);
    },
  };
}
