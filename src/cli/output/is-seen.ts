import { fstatSync } from 'node:fs'
import type { Environment, OutputStream } from '../environment.ts'

/** What no two open files have in common; undefined for a stream that is no file of the process. */
const identityOf = (stream: OutputStream): string | undefined => {
  if (!('fd' in stream) || typeof stream.fd !== 'number') return undefined
  try {
    const { dev, ino } = fstatSync(stream.fd)
    return `${dev}:${ino}`
  } catch {
    return undefined
  }
}

/**
 * Whether people who read stderr have what stdout says before their eyes: it is a terminal, or both go to one place, as
 * with `2>&1`. Then stderr need not repeat what stdout says.
 */
export const isSeen = ({ stdout, stderr }: Pick<Environment, 'stdout' | 'stderr'>): boolean => {
  if (stdout.isTTY === true) return true
  const place = identityOf(stdout)
  return place !== undefined && place === identityOf(stderr)
}
