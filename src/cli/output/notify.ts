import type { LicenseError } from '../../index.ts'
import type { AttemptEvent } from '../../provider-kit/index.ts'
import { loadProse, visibleText } from '../../render/index.ts'
import type { Environment, OutputStream } from '../environment.ts'
import { columnsOf } from './surface.ts'

/**
 * Makes the lines of stderr: of any length, or on a terminal as many as a line takes, cut between words. Only a terminal
 * needs what that takes, and it is loaded before anything is said: an interruption is told at once.
 */
export const openProse = async (stderr: OutputStream): Promise<Environment['prose']> => {
  if (stderr.isTTY !== true) return (line) => `${visibleText(line)}\n`
  const prose = await loadProse()
  return (line) => prose(line, columnsOf(stderr))
}

/** Whose failure a message tells, and the failure; or the place of a mistake. */
export interface About {
  /** The id of the provider. */
  readonly provider?: string | undefined
  readonly error?: LicenseError | undefined
  /** Of a mistake: what was given, and a mark at the place of it. */
  readonly excerpt?: readonly string[] | undefined
}

/** A request that was sent: what `--verbose` tells. */
export type SentRequest = Pick<AttemptEvent, 'operation' | 'attempt' | 'milliseconds' | 'status' | 'failure'>

/** Something that is no data: `error` is why the run does not end with 0. */
export interface Message extends About {
  readonly level: 'error' | 'warning' | 'remark' | 'request'
  readonly message: string
  readonly request?: SentRequest
}

/** What messages need. */
type Told = Pick<Environment, 'tell'>

/** Tells the user something that is not data, on stderr. */
export const notify = ({ tell }: Told, message: string): void => tell({ level: 'remark', message })

/** Warns the user, on stderr. */
export const warn = ({ tell }: Told, message: string): void => tell({ level: 'warning', message })

/** Says on stderr why the run does not end with 0. */
export const complain = ({ tell }: Told, message: string, about: About = {}): void =>
  tell({ ...about, level: 'error', message })

/** Tells of a request: the method and the template of its path, and nothing of what it carries. */
export const tellRequest = ({ tell }: Told, { provider, ...event }: AttemptEvent): void => {
  const { operation, attempt, status, failure } = event
  const milliseconds = Math.round(event.milliseconds)
  const ended = [...(status === undefined ? [] : [String(status)]), ...(failure === undefined ? [] : [failure])]
  const repeated = attempt === 1 ? '' : `, attempt ${attempt}`
  const message = `${provider}: ${operation}: ${ended.join(', ')} (${milliseconds} ms${repeated})`
  tell({ level: 'request', message, provider, request: { operation, attempt, milliseconds, status, failure } })
}
