const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML in which all values have been escaped. Make it with `html`; the constructor trusts its text. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** A value in a template. Strings are escaped; `false` and `undefined` render nothing. */
type Content = string | Html | false | undefined | readonly Content[];

/** A template that escapes its values, for text and for attributes in double quotes. */
export function html(texts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(texts.map((text, index) => text + render(contents[index])).join(''));
}

function render(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Html) return content.toString();
  if (typeof content === 'string') return content.replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return content.map(render).join('');
}
