/** So many digits of a whole number may be one beyond 2^53; decimals often have more. */
const longNumber = /(?<![.\d])\d{16}/
const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs
const wholeNumber = /^-?[1-9]\d*$/
/** Before what was a number; in JSON it only stands escaped. */
const mark = '\u0000'
const escapedMark = JSON.stringify(mark).slice(1, -1)

/** What `JSON.parse` gives, with the whole numbers beyond 2^53 of an object as bigints: they would be rounded. @throws SyntaxError */
export function parseJsonRow(source: string): unknown {
  if (!longNumber.test(source)) return JSON.parse(source)
  const value: unknown = JSON.parse(
    source.replace(textOrNumber, (token) => (isExact(token) ? token : `"${escapedMark}${token}"`)),
  )
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.parse(source)
  return Object.fromEntries(Object.entries(value).map(([name, cell]) => [name, wholeCell(cell)]))
}

const isExact = (token: string): boolean => !wholeNumber.test(token) || Number.isSafeInteger(Number(token))

function wholeCell(cell: unknown): unknown {
  if (typeof cell === 'string')
    return cell.startsWith(mark) && wholeNumber.test(cell.slice(1)) ? BigInt(cell.slice(1)) : cell
  if (typeof cell !== 'object' || cell === null) return cell
  // What is nested becomes JSON text, with its numbers as they were written.
  return JSON.stringify(cell).replace(/"\\u0000(-?[1-9]\d*)"/g, '$1')
}
