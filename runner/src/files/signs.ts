import { Unreadable } from './unreadable.ts'

/** What the first bytes of a file say that it is. */
type Sign = 'zip' | 'gzip' | 'parquet' | 'arrow' | 'ole' | 'text'

const signs: readonly (readonly [Sign, string])[] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['gzip', '\x1f\x8b'],
  ['parquet', 'PAR1'],
  ['arrow', 'ARROW1'],
  ['ole', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
]
/** So many first bytes tell. */
export const signBytes = 12

const found: Readonly<Record<Sign, string>> = {
  zip: 'a zip file, as Excel writes; let its name end in .xlsx',
  gzip: 'compressed; let its name end in .gz',
  parquet: 'a Parquet file; let its name end in .parquet',
  arrow: 'an Arrow file; let its name end in .arrow',
  ole: 'a file of old Excel; save it as .xlsx or .csv',
  text: 'text; let its name end in .csv',
}

/** @throws Unreadable when a file is of another kind than its name says, and its first bytes tell which */
export function refuseOther(head: Uint8Array, expected: Sign): void {
  if (head.length === 0) throw new Unreadable('it is empty')
  const start = Buffer.from(head.subarray(0, signBytes)).toString('latin1')
  const marked = signs.filter(([, mark]) => start.startsWith(mark)).map(([sign]) => sign)
  if (marked.includes(expected)) return
  // A table may have a column PAR1.
  const is = /^[\t\n\r\x20-\x7e]*$/.test(start) ? 'text' : marked[0]
  if (is !== undefined && is !== expected) throw new Unreadable(`it is ${found[is]}`)
}
