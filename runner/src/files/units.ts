/** A time of day or a duration in milliseconds, as text: `08:30:00`; hours may be more than a day. */
export function clock(milliseconds: number): string {
  const ms = Math.round(Math.abs(milliseconds))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(ms / 3_600_000)
  const rest = ms % 1000
  const seconds = `${two(Math.floor(ms / 1000) % 60)}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}`
  return `${milliseconds < 0 ? '-' : ''}${two(hours)}:${two(Math.floor(ms / 60_000) % 60)}:${seconds}`
}

/** Decimals are stored as whole numbers: 12.50 as 1250 with a scale of 2. Those without a fraction stay whole, so that no digit is lost. */
export function decimalOf(scale: number): (digits: number | bigint) => number | bigint {
  // A quotient of two exact numbers is the nearest one; powers are exact up to 10^22.
  const power = Number(`1e${scale}`)
  if (scale === 0) return (digits) => digits
  return (digits) => {
    const whole = Number(digits)
    return Number.isSafeInteger(whole) && scale > 0 && scale <= 22 ? whole / power : Number(`${digits}e${-scale}`)
  }
}

/** Instants of a finer unit, of which so many are a millisecond, as the millisecond that they are in. */
export function millisecondsOf(perMillisecond: bigint): (time: bigint) => number {
  return (time) => {
    const whole = time / perMillisecond
    return Number(time < 0n && whole * perMillisecond !== time ? whole - 1n : whole)
  }
}
