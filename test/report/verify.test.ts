import { describe, expect, test } from 'vitest'
import type { LicensedUser } from '../../src/provider-kit/index.ts'
import { createLicenseReport } from '../../src/report/index.ts'
import { createInMemoryProvider } from '../../src/testing/index.ts'

const user = (id: string, licenseIds: readonly string[] = ['a']): LicensedUser => ({
  provider: 'memory',
  id,
  kind: 'internal',
  status: 'active',
  licenseIds,
  pendingLicenseIds: [],
})

/** A provider that lists other users every time, and stays with the last ones. */
const reading = (...each: readonly (readonly LicensedUser[])[]) => {
  let readings = 0
  const provider = createInMemoryProvider({ id: 'memory', licenses: [], users: [] })
  return {
    readings: () => readings,
    provider: {
      ...provider,
      listUsers: () => {
        const users = each[Math.min(readings++, each.length - 1)] ?? []
        return createInMemoryProvider({ id: 'memory', licenses: [], users }).listUsers()
      },
    },
  }
}

const ledgerOf = async ({ provider }: ReturnType<typeof reading>) => {
  const report = await createLicenseReport({ verify: true })([provider])()
  return { report, ledger: report.providers[0]?.ledgers.assignments }
}

describe('a report that is verified', () => {
  test('reads twice, and says that both readings agreed', async () => {
    const list = reading([user('1'), user('2')])
    const { report, ledger } = await ledgerOf(list)
    expect(list.readings()).toBe(2)
    expect(ledger).toMatchObject({ verdict: 'complete', verified: true })
    expect(report.complete).toBe(true)
  })

  test('sees that one user left and another one joined, although the total is the same', async () => {
    const before = [user('1'), user('2')]
    const after = [user('1'), user('3')]
    const list = reading(before, after)
    const { ledger, report } = await ledgerOf(list)
    expect(list.readings()).toBe(3)
    expect(ledger).toMatchObject({ verdict: 'complete', verified: true })
    expect(report.providers[0]?.licensedUsers).toEqual({ kind: 'known', value: 2 })
  })

  test('sees that a user holds another license', async () => {
    const list = reading([user('1', ['a'])], [user('1', ['b'])])
    const { report } = await ledgerOf(list)
    expect(report.licenses.map(({ id }) => id)).toEqual(['b'])
  })

  test('is a mismatch where no two of four readings agree', async () => {
    const list = reading(...['1', '2', '3', '4', '5'].map((id) => [user(id)]))
    const { report, ledger } = await ledgerOf(list)
    expect(list.readings()).toBe(4)
    expect(ledger?.verdict).toBe('mismatch')
    expect(report.complete).toBe(false)
  })

  test('reads once unless the caller asks for more', async () => {
    const list = reading([user('1')])
    await createLicenseReport()([list.provider])()
    expect(list.readings()).toBe(1)
  })
})
