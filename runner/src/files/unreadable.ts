/** Why a file cannot be read, as the end of "Cannot read orders.csv: …". */
export class Unreadable extends Error {}

/** What a library says of contents that it cannot read. */
export const damage = (error: unknown): Unreadable =>
  error instanceof Unreadable
    ? error
    : new Unreadable(`it is damaged or of a kind that is not read (${error instanceof Error ? error.message : error})`)

/** Why a text without a header cannot be read. */
export const noColumns = ({ headerRow }: { readonly headerRow?: number }): string =>
  headerRow === undefined ? 'it has no columns' : `it has no row ${headerRow}, which "header_row" names as its header`
