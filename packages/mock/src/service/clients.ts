/** A client that the mock knows. Its secret is also its API key. */
export interface MockClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Lifetime of its tokens in seconds. Default: 86 400, as documented. */
  readonly tokenLifetimeSeconds?: number | undefined;
}

export const defaultTokenLifetimeSeconds = 86_400;

/** The client of a mock that was started without the option `clients`. */
export const defaultClient: Required<MockClient> = {
  clientId: 'didit-mock-client',
  clientSecret: 'didit-mock-secret',
  tokenLifetimeSeconds: defaultTokenLifetimeSeconds,
};

/** The client with this id and secret. */
export function findClient(clients: readonly MockClient[], id: string, secret: string): MockClient | undefined {
  return clients.find(({ clientId, clientSecret }) => clientId === id && clientSecret === secret);
}

/** Whether the key is the secret of a client. */
export function isApiKey(clients: readonly MockClient[], key: string): boolean {
  return clients.some(({ clientSecret }) => clientSecret === key);
}
