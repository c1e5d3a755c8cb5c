import { createHash } from 'node:crypto'
import type { Sha256 } from '../model/sha256.ts'

/** Part by part, so that no copy is made of what may be large. */
export const nodeSha256: Sha256 = (parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
