import { vi } from 'vitest';
import type { App } from '../../src/app.ts';

export const operatorPassword = 'the-password-of-operators';

const origin = 'http://localhost'; // where app.request() is

/** A response. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly title: string | undefined;
}

/** A browser without scripts: it keeps its cookie, and sends forms as they are on the page. */
export class Visitor {
  readonly #app: App;
  cookie = '';
  /** The headers of an operator. */
  readonly asOperator = { authorization: `Basic ${btoa(`operator:${operatorPassword}`)}` };

  constructor(app: App) {
    this.#app = app;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#read(await this.#app.request(path, { headers: { cookie: this.cookie, ...headers } }));
  }

  async post(path: string, fields: readonly (readonly [string, string])[], headers = {}): Promise<Page> {
    const body = new URLSearchParams(fields.map(([name, value]) => [name, value]));
    const sent = { cookie: this.cookie, origin, ...headers };
    return this.#read(await this.#app.request(path, { method: 'POST', body, headers: sent }));
  }

  /** Opens the start page. @returns the token of its form */
  async formToken(path = '/', headers = {}): Promise<string> {
    const { text } = await this.get(path, headers);
    return /name="form" value="([^"]+)"/.exec(text)?.[1] ?? '';
  }

  /** Opens the start page, and sends its form. */
  async start(scopes: readonly string[] = ['names', 'email'], reference = '', headers = {}): Promise<Page> {
    const form = await this.formToken();
    const chosen = scopes.map((scope) => ['scope', scope] as const);
    return this.post('/sessions', [['form', form], ['reference', reference], ...chosen], headers);
  }

  /** Starts a session, and opens its page once it has ended. */
  async startAndEnd(scopes?: readonly string[], reference?: string): Promise<Page> {
    const started = await this.start(scopes, reference);
    const path = started.headers.get('location');
    if (!path) throw new Error(`not started: ${started.status} ${started.title}`);
    return this.wait(path);
  }

  /** Opens a page repeatedly until it is final. */
  wait(path: string, headers = {}): Promise<Page> {
    return vi.waitFor(async () => {
      const page = await this.get(path, headers);
      if (/data-events|>Waiting<|>Opened</.test(page.text)) throw new Error(`still open: ${page.title}`);
      return page;
    });
  }

  async #read(response: Response): Promise<Page> {
    const [set] = (response.headers.get('set-cookie') ?? '').split(';');
    if (set) this.cookie = set;
    const { status, headers } = response;
    const text = await response.text();
    return { status, headers, text, title: /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1] };
  }
}

/** Opens the start page of an app that listens. @returns its cookie, and the token of its form */
export async function openForm(url: string): Promise<{ cookie: string; form: string }> {
  const page = await fetch(url);
  const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
  return { cookie, form: /name="form" value="([^"]+)"/.exec(await page.text())?.[1] ?? '' };
}

/** The shared data as a page shows it: value and verification by item. */
export function sharedOn({ text }: Page): Record<string, string> {
  const items = text.matchAll(
    /data-item="(\w+)">.*?class="value">(.*?)<\/span> <span class="mark \w+">(.*?)<\/span>/gs,
  );
  const words = (mark: string | undefined) => mark?.replaceAll(/<[^>]+>/g, '').trim();
  return Object.fromEntries(Array.from(items, ([, name, value, mark]) => [name, `${words(value)} · ${words(mark)}`]));
}

/** What a page lists as asked for and not shared. */
export function missingOn({ text }: Page): (string | undefined)[] {
  const list = /class="tags missing">(.*?)<\/ul>/s.exec(text)?.[1] ?? '';
  return Array.from(list.matchAll(/<li>(.*?)<\/li>/g), ([, item]) => item);
}
