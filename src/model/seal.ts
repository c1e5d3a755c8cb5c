import { type Hashing, sha256Of } from './sha256.ts'

/** Sealed content. */
export interface Sealed {
  /** Of everything else in it: `sha256:` and 64 hexadecimal digits. A checksum against damage and careless edits, and no signature. */
  readonly hash: string
}

/** Makes and checks the hash by which content shows that it was not changed. */
export interface Seal {
  readonly sealed: <A extends object>(content: A, hashing?: Hashing) => Promise<A & Sealed>
  /** Whether content has the hash that it names. */
  readonly isAsSealed: (sealed: Sealed, hashing?: Hashing) => Promise<boolean>
}

/** `textOf`: the text, in pieces, that the hash is of. */
export const sealOf = (textOf: (content: object) => Iterable<string>): Seal => ({
  sealed: async (content, { sha256 } = {}) => ({ ...content, hash: await sha256Of(textOf(content), sha256) }),
  isAsSealed: async ({ hash, ...content }, { sha256 } = {}) => {
    try {
      return hash === (await sha256Of(textOf(content), sha256))
    } catch (thrown) {
      // It is nested too deep to be written, so that it never was.
      if (thrown instanceof RangeError) return false
      throw thrown
    }
  },
})
