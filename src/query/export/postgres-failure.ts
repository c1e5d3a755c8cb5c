import { errorCodeOf } from '../../node/index.ts'
import type { DatabaseFailed, DatabaseRefused } from '../query-failure.ts'
import { LaterVersion } from './migrate-postgres.ts'

/** What is said first by people who look at the code: the user, the name and the rights are theirs to mend. */
const refusals: Readonly<Record<string, string>> = {
  '28P01': 'it refuses the user or the password; PGPASSWORD has the password, or a password file (PGPASSFILE)',
  '28000': 'it refuses the user; see pg_hba.conf of the server',
  '3D000': 'there is no such database; create it first',
  '42501': 'the user has no right to do that',
  '25006': 'it is read-only',
}

/** What passes, or is to be mended at the server. */
const failures: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it cannot be reached: nothing listens there',
  ENOENT: 'it cannot be reached: there is no such socket',
  ENOTFOUND: 'it cannot be reached: there is no such host',
  EAI_AGAIN: 'it cannot be reached: the name of the host cannot be looked up',
  ETIMEDOUT: 'it cannot be reached: no answer came in time',
  ECONNRESET: 'the connection was lost',
  EPIPE: 'the connection was lost',
  '57P01': 'the connection was lost: the server ended it',
  '57P02': 'the connection was lost: the server ended it',
  '57P03': 'it cannot be reached: it is starting or stopping',
  '53100': 'its disk is full',
  '53300': 'it has too many connections',
}

const NO_ANSWER = /timeout expired/i
const LOST = /Connection terminated|Client has encountered a connection error|not queryable|Client was closed/i
const NO_PASSWORD = /password must be a string|no password supplied/i
/** Classes of SQLSTATE that tell of the server's resources and its connections, and not of what was asked. */
const PASSING = /^(?:08|40|53|55|57|58)/

const wordsOf = (error: unknown): { readonly problem: string; readonly isRefusal: boolean } => {
  const code = errorCodeOf(error) ?? ''
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof LaterVersion) return { problem: message, isRefusal: true }
  const refusal = NO_PASSWORD.test(message) ? refusals['28P01'] : refusals[code]
  if (refusal !== undefined) {
    // The server says which right, of what.
    return { problem: code === '42501' ? `${refusal}: ${message}` : refusal, isRefusal: true }
  }
  const failure = LOST.test(message)
    ? 'the connection was lost'
    : failures[NO_ANSWER.test(message) ? 'ETIMEDOUT' : code]
  if (failure !== undefined) return { problem: failure, isRefusal: false }
  return { problem: message.split('\n', 1)[0] ?? '', isRefusal: !PASSING.test(code) && code !== '' }
}

/** What the client or the server threw, as plain data. `name`: the database for people, without user and password. */
export const failureOfPostgres = (error: unknown, name: string): DatabaseRefused | DatabaseFailed => {
  const { problem, isRefusal } = wordsOf(error)
  const code = errorCodeOf(error)
  return {
    _tag: isRefusal ? 'DatabaseRefused' : 'DatabaseFailed',
    message: `${name}: ${problem}`,
    problem,
    ...(code === undefined ? {} : { code }),
  }
}
