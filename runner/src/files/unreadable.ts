/** Why a file cannot be read, as the end of "Cannot read orders.csv: …". */
export class Unreadable extends Error {}

/** What a library says of contents that it cannot read. */
export const damage = (error: unknown): Unreadable =>
  error instanceof Unreadable
    ? error
    : new Unreadable(`it is damaged or of a kind that is not read (${error instanceof Error ? error.message : error})`)

/** Why a table without a header cannot be read; one of delimited text has nothing but blank lines. */
export function noColumns(kind: string, { headerRow }: { readonly headerRow?: number }): string {
  if (headerRow !== undefined) return `it has no row ${headerRow}, which "header_row" names as its header`
  return kind === 'delimited' ? 'it is empty but for blank lines' : 'it has no columns'
}
