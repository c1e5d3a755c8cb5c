import { fstatSync, type Stats } from 'node:fs'
import type { LicenseError } from '../../index.ts'
import { quantity } from '../../render/index.ts'
import type { Environment, OutputStream } from '../environment.ts'
import { type About, complain, notify } from './notify.ts'

/** The open file that a stream is; undefined for a stream that is no file of the process. */
const fileOf = (stream: OutputStream): Stats | undefined => {
  if (!('fd' in stream) || typeof stream.fd !== 'number') return undefined
  try {
    return fstatSync(stream.fd)
  } catch {
    return undefined
  }
}

/** What no two open files have in common. */
const identityOf = (stream: OutputStream): string | undefined => {
  const file = fileOf(stream)
  return file === undefined ? undefined : `${file.dev}:${file.ino}`
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

/** What is missing from a result, and why, in one line that begins with the provider. */
export interface Missing extends About {
  readonly message: string
}

/** The lines of a result, each of which begins with its provider, with what that provider failed by. */
export const missingOf = (
  lines: readonly string[],
  providers: readonly { readonly id: string; readonly error?: LicenseError | undefined }[],
): readonly Missing[] =>
  lines.map((message) => {
    const provider = providers.find(({ id }) => message.startsWith(`${id}: `))
    return { message, provider: provider?.id, error: provider?.error }
  })

/**
 * Says on stderr what is missing from a result that lists it itself. On a terminal beside a pipe, as with `| head` and
 * `| grep`, the list most likely comes out there too, or was left out on purpose: there, its length is enough.
 */
export const tellGaps = (environment: Environment, gaps: readonly Missing[], isListed: boolean): void => {
  const { stdout, stderr } = environment
  const isPiped = stderr.isTTY === true && fileOf(stdout)?.isFIFO() === true
  if (isListed && isPiped && gaps.length > 0)
    complain(environment, `partial: the output lists ${quantity(gaps.length, 'gap')}`)
  else for (const { message, ...about } of gaps) complain(environment, message, about)
}

const MAX_REMARKS = 20

/** Says on stderr what there is to know about a result besides its gaps. The result in JSON has all that it is made of. */
export const tellRemarks = (environment: Environment, remarks: readonly string[]): void => {
  for (const remark of remarks.slice(0, MAX_REMARKS)) notify(environment, remark)
  const others = remarks.length - MAX_REMARKS
  if (others > 0) notify(environment, `and ${quantity(others, 'more remark')}`)
}
