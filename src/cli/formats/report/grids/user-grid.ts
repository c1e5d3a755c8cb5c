import { unknown } from '../../../../model/count.ts'
import { licenseLabels } from '../../../../report/license-labels.ts'
import type { LicenseReport, LicenseRow, ProviderReport, UserRow } from '../../../../report/license-report.ts'
import { counted } from '../../../../report/uncertainty.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costColumn, currenciesOf } from './cost-column.ts'
import { agreedUpon, costOfPerson, firstTold, lastActive, type Person, peopleOf } from './people.ts'
import { doubtOfSeats } from './seat-doubts.ts'

const columnsOf = (currencies: readonly string[]): readonly GridColumn[] => [
  { key: 'who', heading: 'Person', holds: 'text', minimum: 12, only: 'people' },
  { key: 'name', heading: 'Name', holds: 'text', only: 'machines' },
  { key: 'email', heading: 'E-mail', holds: 'text', minimum: 16 },
  { key: 'department', heading: 'Department', holds: 'text', minimum: 10 },
  { key: 'providers', heading: 'Providers', holds: 'text', minimum: 8, only: 'people' },
  { key: 'users', heading: 'Users', holds: 'text', only: 'machines' },
  { key: 'link', heading: 'Linked by', holds: 'text' },
  { key: 'kind', heading: 'Kind', holds: 'text', only: 'machines' },
  { key: 'status', heading: 'Status', holds: 'text' },
  { key: 'lastActiveAt', heading: 'Last active', holds: 'time' },
  { key: 'reportStatus', heading: 'Report status', holds: 'text', only: 'machines' },
  { key: 'seats', heading: 'Seats', holds: 'count' },
  { key: 'pending', heading: 'Pending', holds: 'number' },
  ...costColumn(currencies),
]

/** The same on every row, as a file may be cut or sorted: `complete`, or which providers are not. */
const statusOf = ({ complete, providers }: LicenseReport): string =>
  complete
    ? 'complete'
    : providers
        .filter(({ status }) => status !== 'complete')
        .map(({ id, status }) => `${id}: ${status}`)
        .join(', ')

/** Where a license has its column, and what is said of those who are not seen with it. */
interface LicensePlace {
  readonly index: number
  readonly otherwise: Cell
}

type LicensePlaces = ReadonlyMap<string, ReadonlyMap<string, LicensePlace>>

const placesOf = (licenses: readonly LicenseRow[], providers: readonly ProviderReport[]): LicensePlaces => {
  const places = new Map(providers.map(({ id }) => [id, new Map<string, LicensePlace>()]))
  const byId = new Map(providers.map((provider) => [provider.id, provider]))
  for (const [index, { provider: id, id: licenseId }] of licenses.entries()) {
    const provider = byId.get(id)
    const doubt = provider && doubtOfSeats(provider, licenseId)
    places.get(id)?.set(licenseId, { index, otherwise: doubt === undefined ? '' : 'unknown' })
  }
  return places
}

/** Seats of one person by license: how many, `pending`, nothing, or `unknown`. */
const seatCells = (person: readonly UserRow[], nobodys: readonly Cell[], places: LicensePlaces): readonly Cell[] => {
  const cells = [...nobodys]
  for (const { provider, licenseIds, pendingLicenseIds } of person) {
    const ofProvider = places.get(provider)
    for (const id of pendingLicenseIds) {
      const index = ofProvider?.get(id)?.index
      if (index !== undefined && typeof cells[index] !== 'number') cells[index] = 'pending'
    }
    for (const id of licenseIds) {
      const index = ofProvider?.get(id)?.index
      if (index === undefined) continue
      const seats = cells[index]
      cells[index] = (typeof seats === 'number' ? seats : 0) + 1
    }
  }
  return cells
}

const sumOf = (person: Person, count: (user: UserRow) => number): number =>
  person.reduce((sum, user) => sum + count(user), 0)

function* rowsOf(report: LicenseReport, withCost: boolean, withLicenses: boolean): Generator<readonly Cell[]> {
  const { providers, licenses, users = [] } = report
  const status = statusOf(report)
  const doubts = providers.flatMap((provider) => {
    const doubt = doubtOfSeats(provider)
    return doubt === undefined ? [] : [`${provider.id}: ${doubt}`]
  })
  const doubt = doubts.join('; ') || undefined
  const places = placesOf(licenses, providers)
  const nobodys = licenses.map(({ provider, id }) => places.get(provider)?.get(id)?.otherwise ?? '')
  for (const person of peopleOf(users)) {
    const cost = costOfPerson(person)
    const time = lastActive(person)
    const name = firstTold(person.map(({ displayName }) => displayName))
    const email = firstTold(person.map((user) => user.email))
    yield [
      name || email || person.map(({ id }) => id).join(' '),
      name,
      email,
      firstTold(person.map(({ department }) => department)),
      [...new Set(person.map(({ provider }) => provider))].join(' '),
      person.map(({ provider, id }) => `${provider}:${id}`).join(' '),
      person[0].link,
      agreedUpon(person, ({ kind }) => kind),
      agreedUpon(person, (user) => user.status),
      time === '' ? '' : { time },
      status,
      {
        count: counted(
          sumOf(person, ({ licenseIds }) => licenseIds.length),
          doubt,
        ),
      },
      sumOf(person, ({ pendingLicenseIds }) => pendingLicenseIds.length),
      ...(withCost ? [cost === undefined ? '' : { cost }] : []),
      ...(withLicenses ? seatCells(person, nobodys, places) : []),
    ]
  }
  for (const provider of providers) {
    if (provider.status !== 'failed') continue
    const count = unknown(provider.error?.message ?? 'the provider failed')
    const who = ['', '', '', '', provider.id, `${provider.id}:`, '', '', '', '']
    yield [...who, status, { count }, '', ...(withCost ? [''] : []), ...(withLicenses ? nobodys : [])]
  }
}

/**
 * One row for each person, with a column for each license: how many seats of it the person has, `pending`, nothing, or
 * `unknown`. Licenses that nobody holds have a column too, and a provider that failed has a row.
 */
export const userGrid = (report: LicenseReport, { withLicenses = true } = {}): Grid => {
  const currencies = currenciesOf(report)
  const { labelOf } = licenseLabels(report)
  const licenses = report.licenses.map(({ provider, id }): GridColumn => {
    const heading = `${provider}: ${labelOf(provider, id)}`
    return { key: heading, heading, holds: 'number', isNumbered: true }
  })
  return {
    columns: [...columnsOf(currencies), ...(withLicenses ? licenses : [])],
    rows: rowsOf(report, currencies.length > 0, withLicenses),
    currencies,
  }
}
