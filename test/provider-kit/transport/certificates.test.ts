import { describe, expect, test } from 'vitest'
import { get, outcome, transportWith } from './transport-with.ts'

/** As `fetch` has it: its own words, and the reason in a cause. */
const failing = async (code: string, details: { readonly through?: string } = {}) => {
  let attempts = 0
  const { transport } = transportWith({
    runtime: {
      fetch: async () => {
        attempts++
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code, ...details }) })
      },
    },
  })
  return { error: await outcome(transport(get(), {})), attempts: () => attempts }
}

describe('a certificate that is not trusted', () => {
  const untrusted =
    'a proxy that inspects the traffic may have put its own in; give its root certificate, a PEM file, in ' +
    'NODE_EXTRA_CA_CERTS'
  const expired = 'check the clock of this machine, and whether a proxy in between has an old certificate'
  const other = 'it is not the one of this host; check the address, and whether a proxy is in between'

  test.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
    ['UNABLE_TO_GET_ISSUER_CERT', untrusted],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
    ['CERT_UNTRUSTED', untrusted],
    ['CERT_HAS_EXPIRED', expired],
    ['CERT_NOT_YET_VALID', expired],
    ['ERR_TLS_CERT_ALTNAME_INVALID', other],
    ['HOSTNAME_MISMATCH', other],
    ['CERT_CHAIN_TOO_LONG', other],
    ['CERT_REJECTED', other],
    ['CERT_REVOKED', other],
    ['CERT_SIGNATURE_FAILURE', other],
    ['INVALID_CA', other],
    ['INVALID_PURPOSE', other],
    ['PATH_LENGTH_EXCEEDED', other],
  ])('is not tried again, and the message says what to do: %s', async (code, advice) => {
    const { error, attempts } = await failing(code)
    const reason = `its certificate is not trusted (${code}): ${advice}`
    expect(error).toMatchObject({
      _tag: 'Unavailable',
      attempts: 1,
      message: `api.vendor.example could not be reached, 1 attempt made: ${reason}`,
    })
    expect(attempts()).toBe(1)
  })

  test('is told with the proxy that requests go through', async () => {
    const { error } = await failing('CERT_REVOKED', { through: 'the proxy proxy.example:8080' })
    const reason = `its certificate through the proxy proxy.example:8080 is not trusted (CERT_REVOKED): ${other}`
    expect(error).toMatchObject({
      message: `api.vendor.example could not be reached, 1 attempt made: ${reason}`,
    })
  })

  test('is not what any other failure of the connection is', async () => {
    const { attempts } = await failing('ECONNRESET')
    expect(attempts()).toBe(5)
  })

  test('is not looked for for ever in causes that lead back to themselves', async () => {
    const error = new TypeError('fetch failed')
    error.cause = error
    const { transport } = transportWith({
      policy: { attempts: 1 },
      runtime: {
        fetch: async () => {
          throw error
        },
      },
    })
    expect(await outcome(transport(get(), {}))).toMatchObject({ _tag: 'Unavailable' })
  })
})
