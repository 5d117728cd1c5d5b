import { OAuth2Client, OAuth2Fetch } from '@badgateway/oauth2-client';
import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl }: Setup): Contender {
  const client = new OAuth2Client({
    server: baseUrl,
    tokenEndpoint: '/auth/v2/token/',
    clientId: 'bench',
    clientSecret: 'bench',
  });
  const wrapper = new OAuth2Fetch({ client, getNewToken: () => client.clientCredentials() });
  return {
    async decision(id) {
      const response = await wrapper.fetch(`${baseUrl}/auth/v2/session/${id}/decision/`);
      if (!response.ok) throw new Error(`${response.status}`);
      return response.json();
    },
  };
}
