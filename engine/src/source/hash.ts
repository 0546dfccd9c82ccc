/** Collects text and gives a 53-bit number for it, as text. Not for secrets: two FNV-style lanes of 32 bits. */
export class Hasher {
  private low = 0x811c9dc5
  private high = 0x9747b28c

  add(text: string): this {
    let { low, high } = this
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      low = Math.imul(low ^ unit, 0x01000193)
      high = Math.imul(((high << 5) | (high >>> 27)) ^ unit, 0x5bd1e995)
    }
    // The separator keeps 'ab' + 'c' and 'a' + 'bc' apart.
    this.low = Math.imul(low ^ 0x1ffff, 0x01000193)
    this.high = Math.imul(((high << 5) | (high >>> 27)) ^ 0x1ffff, 0x5bd1e995)
    return this
  }

  digest(): string {
    const low = (this.low ^ (this.low >>> 15)) >>> 0
    const high = (this.high ^ (this.high >>> 13)) & 0x1fffff
    return (high * 2 ** 32 + low).toString(36)
  }
}
