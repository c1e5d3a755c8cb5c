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

/** Why an exchange over the network failed. */
export const unreachable = (thrown: unknown): Unreachable => {
  const chain = causesOf(thrown)
  const code = firstOf(chain.map(codeOf))
  const through = firstOf(chain.map(detourOf))
  const detour = through === undefined ? '' : ` through ${through}`
  if (code === undefined) return { kind: 'network', reason: `the connection${detour} failed` }
  const problem = CERTIFICATE_PROBLEMS.get(code)
  if (problem === undefined) return { kind: 'network', reason: `${code}${detour}` }
  return { kind: 'certificate', reason: `its certificate${detour} is not trusted (${code}): ${ADVICE[problem]}` }
}
