import * as E from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../../providers/genesys/index.ts'
import { type GenesysWorld, startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'
import { createWebexProvider, type WebexUserSource } from '../../../providers/webex/index.ts'
import { startWebexSimulator, type WebexWorld } from '../../../providers/webex/simulator/index.ts'
import { isWhole, type Ledger, type License, type LicensedUser, type Paged } from '../../../src/provider-kit/index.ts'
import { rawRecord } from '../../../src/simulator-kit/index.ts'
import type { RawRecordFields, RecordField } from './field.ts'
import * as genesysFields from './genesys-records.ts'
import { oddValues, shown } from './odd-values.ts'
import * as webexFields from './webex-records.ts'

const stops: (() => Promise<void>)[] = []
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())))

/** What came of a list. */
interface Read {
  readonly items: readonly RawRecordFields[]
  /** Of what the values were put in. */
  readonly ledger: Ledger
}

const readAll = async (list: Paged<License> | Paged<LicensedUser>, ofDirectory = false): Promise<Read> => {
  const items: RawRecordFields[] = []
  let ledger: Ledger | undefined
  for await (const page of list.pages()) {
    if (E.isLeft(page)) throw new Error(page.left.message)
    for (const item of page.right.items) items.push({ ...item })
    ledger = ofDirectory ? page.right.directory : page.right.ledger
  }
  if (ledger === undefined) throw new Error('no page came')
  return { items, ledger }
}

/** A list of records of one kind, and how it is read when these are its records. */
interface RecordList {
  readonly kind: string
  readonly fields: readonly RecordField[]
  readonly record: (id: string) => RawRecordFields
  readonly read: (records: readonly RawRecordFields[]) => Promise<Read>
  /** The list comes without what could not be read; where it is joined with another one, only what is told is missing. */
  readonly isJoined?: true
}

const genesysProvider = async (world: Partial<GenesysWorld>) => {
  const simulator = await startGenesysSimulator({
    world: { definitions: [], licenseRows: [], directory: [], ...world },
  })
  stops.push(simulator.destroy)
  return createGenesysProvider(simulator.configuration)
}

const webexProvider = async (world: Partial<WebexWorld>, userSource: WebexUserSource = 'licenses') => {
  const simulator = await startWebexSimulator({ world: { licenses: [], people: [], ...world } })
  stops.push(simulator.destroy)
  return createWebexProvider({ ...simulator.configuration, userSource })
}

const lists: readonly RecordList[] = [
  {
    kind: 'definitions of genesys',
    fields: genesysFields.definitionFields,
    record: (id) => ({ id, description: 'A license' }),
    read: async (records) => readAll((await genesysProvider({ definitions: records.map(rawRecord) })).listLicenses()),
  },
  {
    kind: 'license rows of genesys',
    fields: genesysFields.rowFields,
    record: (id) => ({ id, licenses: ['L'] }),
    read: async (records) => readAll((await genesysProvider({ licenseRows: records.map(rawRecord) })).listUsers()),
  },
  {
    kind: 'directory of genesys',
    isJoined: true,
    fields: genesysFields.personFields,
    record: (id) => ({ id, name: 'Ada', email: `${id}@example.com`, state: 'active', department: 'Engines' }),
    read: async (records) => {
      const licenseRows = records.map((_, index) => ({ id: idAt(index), licenses: ['L'] }))
      const provider = await genesysProvider({ licenseRows, directory: records.map(rawRecord) })
      return readAll(provider.listUsers(), true)
    },
  },
  {
    kind: 'licenses of webex',
    fields: webexFields.licenseFields,
    record: (id) => ({
      id,
      name: 'A license',
      totalUnits: 5,
      consumedUnits: 1,
      consumedByUsers: 1,
      subscriptionId: 'S',
    }),
    read: async (records) => readAll((await webexProvider({ licenses: records.map(rawRecord) })).listLicenses()),
  },
  {
    kind: 'holders of webex',
    fields: webexFields.holderFields,
    record: (id) => ({ id, type: 'INTERNAL', displayName: 'Ada', email: `${id}@example.com` }),
    read: async (records) => {
      const licenses = [{ id: 'L', name: 'A license' }]
      const rawHolders = [{ licenseId: 'L', rows: records.map(rawRecord) }]
      return readAll((await webexProvider({ licenses, rawHolders })).listUsers())
    },
  },
  {
    kind: 'people of webex',
    fields: webexFields.personFields,
    record: (id) => ({
      id,
      emails: [`${id}@example.com`],
      displayName: 'Ada',
      licenses: ['L'],
      loginEnabled: true,
      department: 'Engines',
    }),
    read: async (records) => readAll((await webexProvider({ people: records.map(rawRecord) }, 'people')).listUsers()),
  },
]

const idAt = (index: number): string => `record-${index}`

const cases = lists.flatMap((list) => list.fields.map((field) => ({ name: field.name, kind: list.kind, list, field })))

/** What is wrong with what is told of records one of whose fields has an odd value each; and how many are not told of. */
const untruths = ({ list, field }: (typeof cases)[number], { items, ledger }: Read): readonly string[] => {
  const wrong: string[] = []
  let missing = 0
  for (const [index, value] of oddValues.entries()) {
    const { told } = field
    const isMember = told !== undefined || !/(?:^|\.)id$/.test(field.name)
    const found = items.filter(({ id }) => id === (isMember || list.isJoined ? idAt(index) : value))
    if (found.length > 1) wrong.push(`${shown(value)}: told twice`)
    const [item] = found
    const isUnread =
      item === undefined || (list.isJoined === true && item.status === 'unknown' && item.email === undefined)
    if (isUnread) missing++
    else if (told !== undefined && !told.means(item[told.member], told.sent?.(value) ?? value)) {
      wrong.push(`${shown(value)}: told as ${shown(item[told.member])}`)
    }
  }
  if (missing > 0 && isWhole(ledger)) wrong.push(`${missing} are missing, and the list is ${ledger.verdict}`)
  // A record of the directory under another id is somebody else's.
  if (missing > ledger.undecodable && field.name !== 'User.id')
    wrong.push(`${missing} are missing, ${ledger.undecodable} are counted`)
  const others = items.filter(({ id }) => !oddValues.some((value, index) => id === value || id === idAt(index)))
  for (const { id } of others) wrong.push(`${shown(id)} was never sent`)
  return wrong
}

describe('a value that a vendor puts into a field', () => {
  test.each(cases)('$name of $kind is told as it is, or is not known', async (one) => {
    const { list, field } = one
    const read = await list.read(oddValues.map((value, index) => field.put(list.record(idAt(index)), value)))
    expect(untruths(one, read)).toEqual([])
  })
})
