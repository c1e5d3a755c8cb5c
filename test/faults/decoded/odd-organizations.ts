import { type GenesysWorld, startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'
import { startWebexSimulator, type WebexWorld } from '../../../providers/webex/simulator/index.ts'
import { json, rawRecord } from '../../../src/simulator-kit/index.ts'
import type { RawRecordFields, RecordField } from './field.ts'
import * as genesysFields from './genesys-records.ts'
import * as webexFields from './webex-records.ts'

/** A record for each field and value, with the value in that field. */
const recordsOf = (
  fields: readonly RecordField[],
  values: readonly unknown[],
  record: (id: string) => RawRecordFields,
): readonly RawRecordFields[] =>
  fields.flatMap((field) =>
    values.map((value, index) => field.put(record(`${field.name.replace(/[^A-Za-z]/g, '-')}-${index}`), value)),
  )

/** An organization of Genesys Cloud in every field of which stands every one of these values. */
export const startOddGenesys = (values: readonly unknown[]) => {
  const { definitionFields, rowFields, personFields } = genesysFields
  const definition = (id: string) => ({ id, description: `License ${id}` })
  const row = (id: string) => ({ id, licenses: ['LicenseDefinition-description-7', 'elsewhere'] })
  const person = (id: string) => ({ id, name: `Ada ${id}`, email: `${id}@example.com`, state: 'active' })
  const people = recordsOf(personFields, values, person)
  const world: GenesysWorld = {
    definitions: recordsOf(definitionFields, values, definition).map(rawRecord),
    licenseRows: [...recordsOf(rowFields, values, row), ...people.map(({ id }) => ({ ...row(''), id }))].map(rawRecord),
    directory: [...people, ...recordsOf(rowFields, values, row).map(({ id }) => ({ ...person(''), id }))].map(
      rawRecord,
    ),
  }
  return startGenesysSimulator({ world })
}

/** The same of Webex. */
export const startOddWebex = async (values: readonly unknown[]) => {
  const { licenseFields, holderFields, personFields } = webexFields
  const license = (id: string) => ({
    id,
    name: `License ${id}`,
    totalUnits: 5,
    consumedUnits: 1,
    consumedByUsers: 1,
    subscriptionId: 'Sub',
  })
  const holder = (id: string) => ({ id, type: 'INTERNAL', displayName: `Ada ${id}`, email: `${id}@example.com` })
  const person = (id: string) => ({
    id,
    emails: [`${id}@example.com`],
    displayName: id,
    licenses: ['L'],
    loginEnabled: true,
  })
  const world: WebexWorld = {
    licenses: [{ id: 'L', name: 'A license' }, ...recordsOf(licenseFields, values, license).map(rawRecord)],
    people: recordsOf(personFields, values, person).map(rawRecord),
    rawHolders: [{ licenseId: 'L', rows: recordsOf(holderFields, values, holder).map(rawRecord) }],
  }
  const simulator = await startWebexSimulator({ world })
  // Records that are none of the simulator's own have holders too, and nobody is among them.
  simulator.faults.add({
    match: { path: '/v1/licenses/:id' },
    effect: { kind: 'rewrite', rewrite: (answer) => (answer.status === 404 ? json({ users: [] }) : answer) },
  })
  return simulator
}
