import { describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { toReadonlyArray } from '../../src/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'

const neverFetch: typeof globalThis.fetch = () => {
  throw new Error('a request was sent')
}

describe.each([
  createGenesysProvider({ region: 'mypurecloud.ie', accessToken: 't' }, { fetch: neverFetch }),
  createWebexProvider({ accessToken: 't' }, { fetch: neverFetch }),
  createInMemoryProvider({ licenses: [], users: [] }),
])('a wrong argument is RequestRejected, without a request and never thrown: $vendor', (provider) => {
  const left = { _tag: 'RequestRejected', provider: provider.id }

  test.each([undefined, null, {}, { email: ['x'] }, { id: 5 }, { id: undefined, email: 'x@example.com' }])(
    'as the user %j',
    async (user) => {
      expect(await provider.getUser(user as never)()).toMatchObject({ left })
      expect(await provider.findUsers?.([user] as never)()).toMatchObject({ left })
    },
  )

  test('as the list of users', async () => {
    expect(await provider.findUsers?.(undefined as never)()).toMatchObject({ left })
  })

  test.each([undefined, null, 5, {}])('as the license %j', async (licenseId) => {
    expect(await provider.getLicense(licenseId as never)()).toMatchObject({ left })
    if (provider.listHolders === undefined) return
    expect(await toReadonlyArray(provider.listHolders(licenseId as never))()).toMatchObject({ left })
  })

  test.each([null, { signal: {} }, { deadlineMs: 'soon' }])('as the options %j', async (options) => {
    expect(await provider.getLicense('seat', options as never)()).toMatchObject({ left })
    expect(await provider.getUser({ id: 'ann' }, options as never)()).toMatchObject({ left })
    expect(await toReadonlyArray(provider.listLicenses(options as never))()).toMatchObject({ left })
    expect(await toReadonlyArray(provider.listUsers(options as never))()).toMatchObject({ left })
  })
})
