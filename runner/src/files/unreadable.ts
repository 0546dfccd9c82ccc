/** Why a file cannot be read, as the end of "Cannot read orders.csv: …". */
export class Unreadable extends Error {}

/** Why a text without a header cannot be read. */
export const noColumns = ({ headerRow }: { readonly headerRow?: number }): string =>
  headerRow === undefined ? 'it has no columns' : `it has no row ${headerRow}, which "header_row" names as its header`
