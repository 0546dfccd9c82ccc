/** A text as it is, whatever signs it has. */
export const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')

/** A code span whose fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1)
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${text.replaceAll(/\s+/g, ' ')}${pad}${fence}`
}

/** What `plain` and `code` wrote, with bold and links, for editors that show no Markdown. */
export const plainText = (markdown: string): string =>
  markdown.replace(
    /\\([\\`*_{}[\]<>#|~])|(`+)( ?)(.*?)\3\2(?!`)|\*\*|\[((?:[^\]\\]|\\.)*)\]\([^)]*\)/gs,
    (_, escaped?: string, _fence?: string, _pad?: string, inner?: string, link?: string) =>
      escaped ?? inner ?? (link === undefined ? '' : plainText(link)),
  )
