import { isRawRecord, listedHoldings, listedSet, type RawRecord } from '../../../src/simulator-kit/index.ts'
import type { GenesysBase, GenesysStateFilter } from './organization.ts'
import type { GenesysDirectoryRecord, GenesysLicenseRow, GenesysUserState, GenesysWorld } from './world.ts'

interface Entry {
  readonly id: string
  licenses: readonly string[]
  record?: GenesysDirectoryRecord
  readonly raw?: RawRecord
}

const stateOf = (record: GenesysDirectoryRecord): GenesysUserState => record.state ?? 'active'

/** An organization exactly as it is written out. */
export const explicitGenesysOrganization = (world: GenesysWorld): GenesysBase => {
  const entries: Entry[] = []
  const numbers = new Map<string, number>()

  const add = (entry: Entry): number => entries.push(entry) - 1
  const userFor = (id: string): number => {
    const user = numbers.get(id) ?? add({ id, licenses: [] })
    numbers.set(id, user)
    return user
  }
  const enterRow = (row: GenesysLicenseRow | RawRecord): number => {
    if (isRawRecord(row)) return add({ id: '', licenses: [], raw: row })
    const user = userFor(row.id)
    const entry = entries[user]
    if (entry !== undefined) entry.licenses = row.licenses
    return user
  }
  const enterRecord = (record: GenesysDirectoryRecord | RawRecord): number => {
    if (isRawRecord(record)) return add({ id: '', licenses: [], raw: record })
    const user = userFor(record.id)
    const entry = entries[user]
    if (entry !== undefined) entry.record = record
    return user
  }

  const rows = world.licenseRows.map(enterRow)
  const directory = world.directory.map(enterRecord)
  const inState = (wanted: GenesysStateFilter) =>
    listedSet(
      directory.filter((user) => {
        const record = entries[user]?.record
        return wanted === 'any' || record === undefined || stateOf(record) === wanted
      }),
    )

  return {
    id: world.organization?.id ?? 'b0f8c1d2-3e4f-4a5b-8c6d-7e8f9a0b1c2d',
    name: world.organization?.name ?? 'Example Organization',
    definitions: world.definitions,
    roles: world.roles ?? [],
    rows: listedSet(rows),
    directory: {
      active: inState('active'),
      inactive: inState('inactive'),
      deleted: inState('deleted'),
      any: inState('any'),
    },
    users: entries.length,
    idOf: (user) => entries[user]?.id ?? '',
    userOf: (id) => numbers.get(id),
    usersOfEmail: (email) => {
      const wanted = email.toLowerCase()
      return [...numbers.values()].filter((user) => entries[user]?.record?.email?.toLowerCase() === wanted)
    },
    recordOf: (user) => entries[user]?.record,
    rawOf: (user) => entries[user]?.raw,
    ...listedHoldings(entries.map(({ licenses }) => licenses)),
  }
}
