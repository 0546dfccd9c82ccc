import { type ColumnData, cell, type Table } from '@modeldriver/engine'
import { Zip, ZipDeflate } from 'fflate'
import { cellText } from './format.ts'
import { Unwritable } from './place.ts'

const mostRows = 1_048_576
const mostColumns = 16_384
const longestText = 32_767

/** A table as an Excel file of one sheet. @throws Unwritable when it does not fit into one */
export function* xlsxParts(table: Table, path: string): Iterable<Uint8Array> {
  refuseTooLarge(table, path)
  const out: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    out.push(piece)
  })
  for (const [name, parts] of files(table)) {
    const file = new ZipDeflate(name)
    // The same table has the same bytes.
    file.mtime = new Date(1980, 0, 1)
    zip.add(file)
    for (const part of parts) {
      file.push(Buffer.from(part, 'utf8'))
      yield* out.splice(0)
    }
    file.push(new Uint8Array(0), true)
  }
  zip.end()
  yield* out
}

function refuseTooLarge({ length, columns }: Table, path: string): void {
  const refuse = (what: string) =>
    new Unwritable(path, `Excel files have at most ${what}; write it as .parquet or .csv`)
  if (length >= mostRows) throw refuse(`${mostRows - 1} rows below the header, and the table has ${length}`)
  if (columns.size > mostColumns) throw refuse(`${mostColumns} columns, and the table has ${columns.size}`)
  for (const [name, column] of columns) {
    const long = column.type === 'string' ? column.dictionary.find((text) => text.length > longestText) : undefined
    if (long !== undefined) throw refuse(`${longestText} letters in a cell, and one of '${name}' has ${long.length}`)
  }
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const contentTypes = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function* files(table: Table): Iterable<readonly [string, Iterable<string>]> {
  const override = (name: string, type: string) =>
    `<Override PartName="/xl/${name}.xml" ContentType="${contentTypes}.${type}+xml"/>`
  const related = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${relations}/${type}" Target="${target}"/>`
  const relationships = (...all: readonly string[]) => [
    `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`,
  ]
  yield [
    '[Content_Types].xml',
    [
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`,
      override('workbook', 'sheet.main'),
      override('worksheets/sheet1', 'worksheet'),
      override('styles', 'styles'),
      override('sharedStrings', 'sharedStrings'),
      '</Types>',
    ],
  ]
  yield ['_rels/.rels', relationships(related(1, 'officeDocument', 'xl/workbook.xml'))]
  yield [
    'xl/workbook.xml',
    [
      `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${sheetName}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
  ]
  yield [
    'xl/_rels/workbook.xml.rels',
    relationships(
      related(1, 'worksheet', 'worksheets/sheet1.xml'),
      related(2, 'styles', 'styles.xml'),
      related(3, 'sharedStrings', 'sharedStrings.xml'),
    ),
  ]
  yield ['xl/styles.xml', [styles]]
  yield ['xl/worksheets/sheet1.xml', sheet(table)]
  yield ['xl/sharedStrings.xml', sharedTexts(table)]
}

const sheetName = 'Sheet1'

/** The styles of cells by number: as they are, a day, a day with its time. */
const styles = `${declaration}<styleSheet xmlns="${main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

const rowsPerPart = 2000

/** The header stays in sight; dates have the room that they need. */
function* sheet({ columns, length }: Table): Iterable<string> {
  const all = [...columns.values()]
  const names = all.map((_, index) => columnName(index))
  const widths = all.map((column, index) => {
    const width = column.type === 'date' ? 11 : column.type === 'datetime' ? 20 : 13
    return `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`
  })
  yield `${declaration}<worksheet xmlns="${main}"><dimension ref="A1:${names.at(-1) ?? 'A'}${length + 1}"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>`
  yield `<row r="1">${names.map((name, index) => `<c r="${name}1" t="s"><v>${index}</v></c>`).join('')}</row>`
  const firstText = firstTexts(columns)
  for (let start = 0; start < length; start += rowsPerPart) {
    let part = ''
    for (let row = start; row < Math.min(start + rowsPerPart, length); row++) {
      part += `<row r="${row + 2}">`
      for (const [index, column] of all.entries())
        part += cellXml(column, row, { ref: `${names[index]}${row + 2}`, firstText: firstText[index] as number })
      part += '</row>'
    }
    yield part
  }
  yield '</sheetData></worksheet>'
}

/** `0` -> `A`, `26` -> `AA` */
const columnName = (index: number): string =>
  (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26))

function cellXml(column: ColumnData, row: number, place: { readonly ref: string; readonly firstText: number }): string {
  const { ref, firstText } = place
  if (column.type === 'string') {
    const code = column.codes[row] as number
    return code < 0 ? '' : `<c r="${ref}" t="s"><v>${firstText + code}</v></c>`
  }
  const value = cell(column, row)
  if (value === null) return ''
  if (column.type === 'boolean') return `<c r="${ref}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (column.type !== 'date' && column.type !== 'datetime') return `<c r="${ref}"><v>${value}</v></c>`
  const days = serialOf(value as number)
  if (days === undefined) return `<c r="${ref}" t="inlineStr"><is><t>${cellText(column, row)}</t></is></c>`
  return `<c r="${ref}" s="${column.type === 'date' ? 1 : 2}"><v>${days}</v></c>`
}

const dayMs = 86_400_000
const epochDays = 25_569

/** Days as Excel counts them, with a 29 February 1900; undefined for those that it does not know. */
function serialOf(time: number): number | undefined {
  const days = time / dayMs + epochDays
  const serial = days < 61 ? days - 1 : days
  return serial >= 1 && serial < 2_958_466 ? serial : undefined
}

/** Names of columns come first, then the different texts of each column. */
function* sharedTexts({ columns }: Table): Iterable<string> {
  yield `${declaration}<sst xmlns="${main}">`
  yield [...columns.keys()].map(sharedText).join('')
  for (const column of columns.values()) {
    if (column.type !== 'string') continue
    for (let at = 0; at < column.dictionary.length; at += rowsPerPart)
      yield column.dictionary
        .slice(at, at + rowsPerPart)
        .map(sharedText)
        .join('')
  }
  yield '</sst>'
}

function firstTexts(columns: Table['columns']): readonly number[] {
  let next = columns.size
  return [...columns.values()].map((column) => {
    const first = next
    next += column.type === 'string' ? column.dictionary.length : 0
    return first
  })
}

const sharedText = (text: string): string => `<si><t xml:space="preserve">${escaped(text)}</t></si>`

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** What XML cannot hold is written as its number, and so is what looks like that. */
const escaped = (text: string): string =>
  text.replace(/[&<>\ufffe\uffff]|(?![\t\n])[\p{Cc}\p{Cs}]|_(?=x[0-9A-Fa-f]{4}_)/gu, (sign) => {
    const entity = entities[sign]
    return entity ?? `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
  })
