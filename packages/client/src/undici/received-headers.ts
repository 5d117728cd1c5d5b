/** Header fields as undici passes them: names in lower case. */
export type Fields = Readonly<Record<string, string | string[] | undefined>>;

/** A response's headers. A look-up is cheap; everything else uses the platform's `Headers`, created on first use. */
export class ReceivedHeaders implements Headers {
  readonly #fields: Fields;
  #full: Headers | undefined;

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    if (this.#full) return this.#full.get(name);
    const value = this.#fields[name.toLowerCase()];
    if (typeof value === 'string') return value;
    return Array.isArray(value) ? value.join(', ') : null;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  append(name: string, value: string): void {
    this.#platform.append(name, value);
  }

  delete(name: string): void {
    this.#platform.delete(name);
  }

  set(name: string, value: string): void {
    this.#platform.set(name, value);
  }

  getSetCookie(): string[] {
    return this.#platform.getSetCookie();
  }

  forEach(callback: (value: string, key: string, parent: Headers) => void, thisArg?: unknown): void {
    for (const [name, value] of this.#platform) callback.call(thisArg, value, name, this);
  }

  entries(): HeadersIterator<[string, string]> {
    return this.#platform.entries();
  }

  keys(): HeadersIterator<string> {
    return this.#platform.keys();
  }

  values(): HeadersIterator<string> {
    return this.#platform.values();
  }

  [Symbol.iterator](): HeadersIterator<[string, string]> {
    return this.#platform.entries();
  }

  get #platform(): Headers {
    if (this.#full) return this.#full;
    const full = new Headers();
    for (const [name, value] of Object.entries(this.#fields)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined) full.append(name, one);
      }
    }
    this.#full = full;
    return full;
  }
}
