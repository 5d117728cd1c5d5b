import { LinkChecker, LinkState } from 'linkinator';

/** What was found of the links of some pages. */
export interface Links {
  /** How many lead where they should, on this machine. */
  readonly checked: number;
  /** Those that lead nowhere, each with the page that it is on. */
  readonly broken: readonly string[];
  /** Addresses elsewhere; they are not fetched. */
  readonly external: readonly string[];
}

/**
 * Follows the links of HTML and Markdown files to files and to places in them.
 *
 * @param folder what the links are relative to
 * @param files the pages, relative to the folder
 */
export async function checkLinks(folder: string, files: readonly string[]): Promise<Links> {
  const { links } = await new LinkChecker().check({
    path: [...files],
    serverRoot: folder,
    markdown: true,
    directoryListing: true, // a text may point at a folder
    checkFragments: true,
    linksToSkip: async (link) => !/^http:\/\/(localhost|127\.0\.0\.1|\[::1\]):/.test(link),
  });
  const having = (wanted: LinkState) => links.filter(({ state }) => state === wanted);
  return {
    checked: having(LinkState.OK).length,
    broken: having(LinkState.BROKEN).map(({ url, parent = folder }) => `${parent}: ${url}`),
    external: [...new Set(having(LinkState.SKIPPED).map(({ url }) => url))].sort(),
  };
}
