import { SaxesParser } from 'saxes'
import { Unreadable } from './disk.ts'
import type { Zip } from './zip.ts'

/** A workbook of Excel without its cells. */
export interface Book {
  readonly zip: Zip
  readonly sheets: readonly Sheet[]
  /** Days are counted from 1904, as old Excel for Mac did. */
  readonly is1904: boolean
  /** What numbers in cells of a style are, by the style's number. */
  readonly styles: readonly NumberKind[]
  readonly stringsPath: string | undefined
}

export interface Sheet {
  readonly name: string
  readonly path: string
  readonly isHidden: boolean
}

export type NumberKind = 'number' | 'date' | 'time'

/** What is called while XML is read; names come without their prefix. */
export interface XmlHandlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

/** Reads XML piece by piece; after each piece the caller may stop. @throws Unreadable */
export function* xmlPieces(pieces: Iterable<Uint8Array>, handlers: XmlHandlers): Iterable<void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false })
  const { open, close, text } = handlers
  if (open) parser.on('opentag', ({ name, attributes }) => open(local(name), attributes))
  if (close) parser.on('closetag', ({ name }) => close(local(name)))
  if (text) parser.on('text', text)
  parser.on('error', (error) => {
    throw new Unreadable(`it is damaged (${error.message})`)
  })
  const decoder = new TextDecoder()
  for (const piece of pieces) {
    parser.write(decoder.decode(piece, { stream: true }))
    yield
  }
  parser.close()
}

function readXml(zip: Zip, path: string, handlers: XmlHandlers): void {
  for (const _ of xmlPieces(zip.read(path), handlers));
}

/** @throws Unreadable when the zip file is no workbook */
export function openBook(zip: Zip): Book {
  const path = workbookPath(zip)
  const relations = relationsOf(zip, path)
  const targetOf = (type: string) =>
    relations.find((relation) => relation.type === type && zip.names.includes(relation.target))?.target
  const sheets: Sheet[] = []
  let is1904 = false
  readXml(zip, path, {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = isTrue(attributes.date1904)
      if (name !== 'sheet') return
      const id = attribute(attributes, 'id')
      const target = relations.find((each) => each.id === id && each.type === 'worksheet')?.target
      const isHidden = attributes.state !== undefined && attributes.state !== 'visible'
      if (target !== undefined) sheets.push({ name: attributes.name ?? '', path: target, isHidden })
    },
  })
  if (sheets.length === 0) throw new Unreadable('it has no sheet with cells')
  const styles = targetOf('styles')
  return {
    zip,
    sheets,
    is1904,
    styles: styles === undefined ? [] : stylesOf(zip, styles),
    stringsPath: targetOf('sharedStrings'),
  }
}

function workbookPath(zip: Zip): string {
  if (zip.names.includes('mimetype') && zip.names.includes('content.xml'))
    throw new Unreadable('it is a sheet of LibreOffice (.ods); save it as .xlsx')
  const path = zip.names.includes('_rels/.rels')
    ? relationsOf(zip, '').find(({ type }) => type === 'officeDocument')?.target
    : undefined
  if (path?.endsWith('.bin')) throw new Unreadable('it is a binary workbook (.xlsb); save it as .xlsx')
  if (path === undefined || !/workbook[^/]*\.xml$/i.test(path))
    throw new Unreadable('it is a zip file, but no Excel workbook')
  return path
}

interface Relation {
  readonly id: string
  /** The last word of its address: `worksheet`. */
  readonly type: string
  /** From the root of the zip file. */
  readonly target: string
}

/** What a part of the workbook refers to; of the whole workbook when `path` is empty. */
function relationsOf(zip: Zip, path: string): readonly Relation[] {
  const slash = path.lastIndexOf('/') + 1
  const folder = path.slice(0, slash)
  const relations: Relation[] = []
  readXml(zip, `${folder}_rels/${path.slice(slash)}.rels`, {
    open: (name, { Id = '', Type = '', Target = '' }) => {
      if (name !== 'Relationship') return
      const target = Target.startsWith('/') ? Target.slice(1) : withoutDots(folder + Target)
      relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target })
    },
  })
  return relations
}

function withoutDots(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

function stylesOf(zip: Zip, path: string): readonly NumberKind[] {
  const formats = new Map<number, NumberKind>()
  const styles: NumberKind[] = []
  let isCell = false
  readXml(zip, path, {
    open: (name, attributes) => {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), kindOfFormat(attributes.formatCode ?? ''))
      else if (name === 'cellXfs') isCell = true
      else if (name === 'xf' && isCell) {
        const id = Number(attributes.numFmtId ?? 0)
        styles.push(formats.get(id) ?? builtIn(id))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isCell = false
    },
  })
  return styles
}

/** Formats that every Excel knows by number, those of East Asia included. */
function builtIn(id: number): NumberKind {
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35)) return 'time'
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58) ? 'date' : 'number'
}

/** By the letters of a format that stand for parts of a date: `dd.mm.yyyy`, `[h]:mm`. */
export function kindOfFormat(code: string): NumberKind {
  const [first = ''] = code.replace(/"[^"]*"|\\.|[_*]./g, '').split(';')
  const letters = first.replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]|general|a\/p|am\/pm/gi, '').replace(/(s\]?)\.0+/gi, '$1')
  if (/[0#?]/.test(letters)) return 'number'
  if (/[ydeg]/i.test(letters)) return 'date'
  if (/[hs]|\[m/i.test(letters)) return 'time'
  return /m/i.test(letters) ? 'date' : 'number'
}

/** The shared texts of a workbook, the first `count` of them. */
export function stringsOf({ zip, stringsPath }: Book, count: number): readonly string[] {
  if (stringsPath === undefined || count <= 0) return []
  const strings: string[] = []
  let text = ''
  let isText = false
  let phonetic = 0
  const pieces = xmlPieces(zip.read(stringsPath), {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 'rPh') phonetic++
      else if (name === 't') isText = phonetic === 0
    },
    text: (part) => {
      if (isText) text += part
    },
    close: (name) => {
      if (name === 't') isText = false
      else if (name === 'rPh') phonetic--
      else if (name === 'si') strings.push(unescaped(text))
    },
  })
  for (const _ of pieces) if (strings.length >= count) break
  return strings
}

/** Letters that XML cannot hold are written as their number: `_x000D_`. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

const attribute = (attributes: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.entries(attributes).find(([key]) => local(key) === name && key !== name)?.[1] ?? attributes[name]

const isTrue = (text: string | undefined): boolean => text === '1' || text === 'true'
