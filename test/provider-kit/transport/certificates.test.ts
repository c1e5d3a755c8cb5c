import { describe, expect, test } from 'vitest'
import { get, outcome, transportWith } from './transport-with.ts'

/** As `fetch` has it: its own words, and the reason in a cause. */
const failing = async (code: string) => {
  let attempts = 0
  const { transport } = transportWith({
    runtime: {
      fetch: async () => {
        attempts++
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) })
      },
    },
  })
  return { error: await outcome(transport(get(), {})), attempts: () => attempts }
}

describe('a certificate that is not trusted', () => {
  for (const code of [
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  ]) {
    test(`is not tried again, and the message says what to do: ${code}`, async () => {
      const { error, attempts } = await failing(code)
      expect(error).toMatchObject({
        _tag: 'Unavailable',
        attempts: 1,
        message: expect.stringMatching(
          new RegExp(
            `^api\\.vendor\\.example could not be reached: .*\\(${code}\\).* NODE_EXTRA_CA_CERTS, 1 attempt made$`,
          ),
        ),
      })
      expect(attempts()).toBe(1)
    })
  }

  for (const code of ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
    test(`is not tried again, where another root certificate would not help: ${code}`, async () => {
      const { error, attempts } = await failing(code)
      expect(error).toMatchObject({ _tag: 'Unavailable', message: expect.stringContaining(`(${code})`) })
      expect(error).not.toMatchObject({ message: expect.stringContaining('NODE_EXTRA_CA_CERTS') })
      expect(attempts()).toBe(1)
    })
  }

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
