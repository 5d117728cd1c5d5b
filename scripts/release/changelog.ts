/** What a changelog says of one version, without the heading. */
export function changelogEntry(changelog: string, version: string): string {
  const entry = changelog.split(/^## /m).find((text) => text.startsWith(`${version}\n`));
  return entry?.slice(version.length).trim() ?? '';
}
