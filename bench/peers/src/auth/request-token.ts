/** A token as the service returns it. */
export interface IssuedToken {
  readonly access_token: string;
  readonly expires_in: number;
}

/** Requests a token as the documentation shows. */
export async function requestToken(baseUrl: string): Promise<IssuedToken> {
  const response = await fetch(`${baseUrl}/auth/v2/token/`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('bench:bench')}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json() as Promise<IssuedToken>;
}
