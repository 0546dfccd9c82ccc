/** Four digits each, as bytes from low to high. */
const fourDigits = Int32Array.from({ length: 10_000 }, (_, n) =>
  [...String(n).padStart(4, '0')].reduce((bytes, digit, at) => bytes | (digit.charCodeAt(0) << (8 * at)), 0),
)

/**
 * For each power of two from 2^-20 to 2^52 the smallest power of ten by which the last bit of a number of that size is at least 1. It is
 * at most 10^22, so all of these are exact: the power, its halves of 26 bits, and half of the last bit times it.
 */
const lowestPower = -20
const scales = Array.from({ length: 73 }, (_, at) => {
  const lastBit = 2 ** (lowestPower + at - 52)
  let places = 0
  while (lastBit * 10 ** places < 1) places++
  return { places, power: Number(`1e${places}`), lastBit }
})
const placesOf = Int32Array.from(scales, ({ places }) => places)
const powerOf = Float64Array.from(scales, ({ power }) => power)
const highOf = powerOf.map(highHalf)
const lowOf = powerOf.map((power, at) => power - (highOf[at] as number))
const halfBitOf = Float64Array.from(scales, ({ power, lastBit }) => (lastBit / 2) * power)

const bits = new Float64Array(1)
const words = new Uint32Array(bits.buffer)
const highWord = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0

const zero = 48
const point = 46
const minus = 45
/** Digits are made in two halves, of whole numbers with 32 bits. */
const half = 1e8
/** Nearer to a limit than this, digits are left to JavaScript itself. */
const unsure = 1e-9
/** Added and taken away again, it leaves the nearest whole number. */
const rounding = 1.5 * 2 ** 52

/** Writes a number as `String(value)` does and gives where it ends; beyond 2^53 with its exponent, since digits would look like those of a code. */
export function putNumber(bytes: Uint8Array, start: number, value: number): number {
  const size = Math.abs(value)
  let at = start
  if (value < 0) bytes[at++] = minus
  if (Math.trunc(size) === size)
    return size <= Number.MAX_SAFE_INTEGER ? putWhole(bytes, at, size) : putAscii(bytes, at, size.toExponential())
  return size >= 1e-6 ? putFraction(bytes, at, size) : putAscii(bytes, at, String(size))
}

function putWhole(bytes: Uint8Array, start: number, whole: number): number {
  if (whole >= half) {
    const front = Math.trunc(whole / half)
    return putEight(bytes, putWhole(bytes, start, front), whole - front * half)
  }
  let end = start + 1
  for (let more = whole; more >= 10; more = (more / 10) | 0) end++
  let rest = whole
  for (let at = end - 1; at >= start; at--) {
    const next = (rest / 10) | 0
    bytes[at] = zero + rest - next * 10
    rest = next
  }
  return end
}

/**
 * The shortest digits that are read back as the number, and of those the nearest (ECMA-262, Number::toString), for 1e-6 to 2^53 and not whole.
 * As in Raffaele Giulietti's "The Schubfach way to render doubles": times a power of ten that makes the last bit 1 to 10, at most one multiple of 10
 * lies within half of that bit, and if one does it has the digits, else the nearest whole number. The product is exact as the sum of two doubles (Dekker 1971).
 * Powers of two have a nearer limit below, but those from 2^-19 on are such multiples themselves.
 */
function putFraction(bytes: Uint8Array, start: number, size: number): number {
  bits[0] = size
  const scale = ((words[highWord] as number) >>> 20) - 1023 - lowestPower
  const product = size * (powerOf[scale] as number)
  const sizeHigh = highHalf(size)
  const sizeLow = size - sizeHigh
  const high = highOf[scale] as number
  const low = lowOf[scale] as number
  const error = sizeLow * low - (product - sizeHigh * high - sizeLow * high - sizeHigh * low)
  const wholeError = error + rounding - rounding
  const fraction = error - wholeError
  // One off at most, which `back` shows.
  let front = (product * 1e-8) | 0
  let back = (product - front * half + wholeError) | 0
  if (back < 0) {
    back += half
    front--
  } else if (back >= half) {
    back -= half
    front++
  }
  const digit = back - ((back / 10) | 0) * 10
  const below = Math.abs(digit + fraction)
  const above = 10 - digit - fraction
  const limit = halfBitOf[scale] as number
  if (below < limit - unsure) back -= digit
  else if (above < limit - unsure) back += 10 - digit
  else if (below < limit + unsure || above < limit + unsure || Math.abs(fraction) > 0.5 - unsure)
    return putAscii(bytes, start, String(size))
  if (back === half) {
    back = 0
    front++
  }
  return putDecimal(bytes, start, front, back, placesOf[scale] as number)
}

/** The digits of `front`, eight or nine, and the eight of `back`, with so many of them behind the point and without zeros at the end. */
function putDecimal(bytes: Uint8Array, start: number, front: number, back: number, places: number): number {
  const before = (front >= half ? 17 : 16) - places
  // One place further than they stay, so that there is room for the point.
  let at = start + 1
  for (; at <= start + 1 - before; at++) bytes[at] = zero
  let rest = front
  if (front >= half) {
    const first = (front / half) | 0
    bytes[at++] = zero + first
    rest -= first * half
  }
  at = putEight(bytes, at, rest)
  if (back > 0) at = putEight(bytes, at, back)
  while (bytes[at - 1] === zero) at--
  const whole = Math.max(1, before)
  for (let i = start; i < start + whole; i++) bytes[i] = bytes[i + 1] as number
  bytes[start + whole] = point
  return at
}

/** A number below 1e8, with zeros before it. */
function putEight(bytes: Uint8Array, start: number, value: number): number {
  const front = (value / 10_000) | 0
  putFour(bytes, start, front)
  putFour(bytes, start + 4, value - front * 10_000)
  return start + 8
}

function putFour(bytes: Uint8Array, at: number, value: number): void {
  const digits = fourDigits[value] as number
  bytes[at] = digits
  bytes[at + 1] = digits >>> 8
  bytes[at + 2] = digits >>> 16
  bytes[at + 3] = digits >>> 24
}

/** Writes text of ASCII and gives where it ends. */
export function putAscii(bytes: Uint8Array, start: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[start + i] = text.charCodeAt(i)
  return start + text.length
}

/** The upper bits of a number, as many as make products of halves exact (Veltkamp). */
function highHalf(value: number): number {
  const shifted = value * (2 ** 27 + 1)
  return shifted - (shifted - value)
}
