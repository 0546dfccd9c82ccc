import { isUtf8 } from 'node:buffer'

/** UTF-8, or UTF-16 when the text says so; else, as Excel writes it in western Europe, Windows-1252. */
export function decode(bytes: Uint8Array): string {
  const order = utf16Order(bytes)
  if (order !== undefined) return new TextDecoder(order).decode(bytes)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  return isUtf8(bytes) || hasLetters(text) ? text : windows1252(bytes)
}

/** What Windows-1252 has from 0x80 on, where Latin-1 has none; Node's own decoder takes the one for the other. */
const windowsSigns = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

export const windows1252 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (sign) => windowsSigns.charAt(sign.charCodeAt(0) - 0x80))

/** A damaged text of UTF-8, or one that is cut within a letter, still has others of its letters. */
const hasLetters = (text: string): boolean => letter.test(text) || /^[\0-\x7f]*\ufffd$/.test(text)

/** One that only several bytes make. */
export const letter = /[\u0080-\ufffc]/

export function utf16Order([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}
