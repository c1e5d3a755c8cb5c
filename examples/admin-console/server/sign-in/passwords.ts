import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** What OWASP recommends for scrypt: 32 MiB and about 0.1 s for each try. */
const COST = { N: 2 ** 15, r: 8, p: 3 }
const BYTES = 32

const derived = (password: string, salt: Buffer, { N, r, p }: typeof COST) =>
  new Promise<Buffer>((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r }
    scrypt(password.normalize('NFC'), salt, BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** The text that is kept of a password: `scrypt:N:r:p:salt:hash`. */
export const hashPassword = async (password: string, cost = COST): Promise<string> => {
  const salt = randomBytes(16)
  const key = await derived(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join(':')
}

/** Whether a text can be one that {@link hashPassword} has made. */
export const isHash = (kept: string): boolean => /^scrypt:\d{2,8}:\d{1,3}:\d{1,3}:[\w-]{22}:[\w-]{43}$/.test(kept)

/** Whether a password is the one that was hashed. A user who does not exist takes as long as one with another password. */
export const isPassword = async (password: string, kept: string | undefined): Promise<boolean> => {
  const [, N, r, p, salt, hash] = kept === undefined ? [] : kept.split(':')
  const cost = kept === undefined ? COST : { N: Number(N), r: Number(r), p: Number(p) }
  const key = await derived(password, Buffer.from(salt ?? '', 'base64url'), cost)
  const expected = Buffer.alloc(BYTES)
  Buffer.from(hash ?? '', 'base64url').copy(expected)
  return timingSafeEqual(key, expected) && hash !== undefined
}
