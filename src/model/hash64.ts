const PRIMES = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const

/** Four digits for 16 bits. One number of 32 or more bits takes several times as long. */
const hex = (number: number): string => (0x10000 + number).toString(16).slice(1)

/** A hash of 64 bits, as 16 hexadecimal digits. Not for secrets. */
export const hash64 = (text: string): string => {
  let one = 0xdeadbeef
  let other = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    one = Math.imul(one ^ unit, PRIMES[0])
    other = Math.imul(other ^ unit, PRIMES[1])
  }
  const first = Math.imul(one ^ (one >>> 16), PRIMES[2]) ^ Math.imul(other ^ (other >>> 13), PRIMES[3])
  const second = Math.imul(other ^ (other >>> 16), PRIMES[2]) ^ Math.imul(first ^ (first >>> 13), PRIMES[3])
  return hex(first >>> 16) + hex(first & 0xffff) + hex(second >>> 16) + hex(second & 0xffff)
}
