const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of page in which everything that came from outside has been escaped. Only `html` makes one. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a page. Text is escaped; `false` and `undefined` are nothing. */
type Content = string | Html | false | undefined | readonly Content[];

/** Writes HTML. What is filled in is escaped, for text and for attributes in double quotes. */
export function html(texts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(texts.map((text, index) => text + render(contents[index])).join(''));
}

function render(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Html) return content.toString();
  if (typeof content === 'string') return content.replace(/[&<>"']/g, (character) => entities[character] ?? '');
  return content.map(render).join('');
}
