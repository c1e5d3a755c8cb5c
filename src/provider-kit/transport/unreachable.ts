import { causesOf } from './causes.ts'

/**
 * Node's codes for certificates that it does not trust, and what they mean for people. Repeating does not help.
 * Source: "X509 certificate error codes" of Node's documentation of `tls`.
 */
const CERTIFICATE_PROBLEMS: ReadonlyMap<string, 'untrusted' | 'expired' | 'other'> = new Map([
  ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
  ['CERT_UNTRUSTED', 'untrusted'],
  ['CERT_HAS_EXPIRED', 'expired'],
  ['CERT_NOT_YET_VALID', 'expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'other'],
  ['HOSTNAME_MISMATCH', 'other'],
  ['CERT_CHAIN_TOO_LONG', 'other'],
  ['CERT_REJECTED', 'other'],
  ['CERT_REVOKED', 'other'],
  ['CERT_SIGNATURE_FAILURE', 'other'],
  ['INVALID_CA', 'other'],
  ['INVALID_PURPOSE', 'other'],
  ['PATH_LENGTH_EXCEEDED', 'other'],
])

const ADVICE = {
  untrusted:
    'a proxy that inspects the traffic may have put its own in; give its root certificate, a PEM file, in NODE_EXTRA_CA_CERTS',
  expired: 'check the clock of this machine, and whether a proxy in between has an old certificate',
  other: 'it is not the one of this host; check the address, and whether a proxy is in between',
} as const

/** Codes of connections that fail, in words, and what to do. Source: "Common system errors" of Node, and errors of undici. */
const CONNECTION_PROBLEMS: ReadonlyMap<string, readonly [what: string, advice: keyof typeof CONNECTION_ADVICE]> =
  new Map([
    ['ENOTFOUND', ['the name was not found', 'address']],
    ['EAI_AGAIN', ['the name could not be looked up', 'address']],
    ['ECONNREFUSED', ['the connection was refused', 'address']],
    ['EHOSTUNREACH', ['no network leads there', 'address']],
    ['ENETUNREACH', ['no network leads there', 'address']],
    ['ETIMEDOUT', ['the connection was not made in time', 'address']],
    ['UND_ERR_CONNECT_TIMEOUT', ['the connection was not made in time', 'address']],
    ['ECONNRESET', ['the connection was cut', 'later']],
    ['EPIPE', ['the connection was cut', 'later']],
    ['UND_ERR_SOCKET', ['the connection was cut', 'later']],
  ])

const CONNECTION_ADVICE = {
  address: 'check the address and the network; if this network needs a proxy, set HTTPS_PROXY',
  later: 'try again later',
} as const

/** Where requests go through a proxy, it is the proxy that cannot be reached. */
const PROXY_ADVICE = 'check the address of the proxy in HTTPS_PROXY'

/** Why a connection failed, and whether it is about a certificate. */
export interface Unreachable {
  readonly kind: 'network' | 'certificate'
  /** For people. Never has an address, or anything that was sent. */
  readonly reason: string
}

/** The error's code. It has no values of the request. */
const codeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The proxy that a `fetch` says it goes through. */
const detourOf = (error: Error): string | undefined =>
  'through' in error && typeof error.through === 'string' ? error.through : undefined

const firstOf = <A>(values: readonly (A | undefined)[]): A | undefined => values.find((value) => value !== undefined)

/** A tunnel that a proxy has refused, with the status of its answer. */
const REFUSED_BY_PROXY = /^status (\d{3})$/

const refusalAdvice = (status: string): string =>
  status === '407'
    ? 'it wants a user name and a password; give them in HTTPS_PROXY, as in http://USER:PASSWORD@proxy.example:3128'
    : 'ask those who run it for an exception for this host'

/** Why there was no connection. A code that is not known stays as it is. */
const connectionProblem = (code: string, through: string | undefined): string => {
  const [, status] = (through !== undefined && REFUSED_BY_PROXY.exec(code)) || []
  if (status !== undefined) return `${through} refused the connection (${status}): ${refusalAdvice(status)}`
  const detour = through === undefined ? '' : ` through ${through}`
  const known = CONNECTION_PROBLEMS.get(code)
  if (known === undefined) return `${code}${detour}`
  const [what, advice] = known
  return `${what} (${code})${detour}: ${through === undefined ? CONNECTION_ADVICE[advice] : PROXY_ADVICE}`
}

/** Why an exchange over the network failed. */
export const unreachable = (thrown: unknown): Unreachable => {
  const chain = causesOf(thrown)
  const code = firstOf(chain.map(codeOf))
  const through = firstOf(chain.map(detourOf))
  const detour = through === undefined ? '' : ` through ${through}`
  if (code === undefined) return { kind: 'network', reason: `the connection${detour} failed` }
  const problem = CERTIFICATE_PROBLEMS.get(code)
  if (problem === undefined) return { kind: 'network', reason: connectionProblem(code, through) }
  return { kind: 'certificate', reason: `its certificate${detour} is not trusted (${code}): ${ADVICE[problem]}` }
}
