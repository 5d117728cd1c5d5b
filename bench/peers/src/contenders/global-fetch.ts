import type { Contender, Setup } from '../contender.ts';

export function contender({ baseUrl, token }: Setup): Contender {
  const headers = { authorization: `Bearer ${token}` };
  return {
    async decision(id) {
      const response = await fetch(`${baseUrl}/auth/v2/session/${id}/decision/`, { headers });
      if (!response.ok) throw new Error(`${response.status}`);
      return response.json();
    },
  };
}
