import { someOf } from '../../../model/some-of.ts'
import type { LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import { gapOfPeople, gapOfSeats, gapsOfSeats, MAX_PROVIDERS_NAMED } from '../../../report/report-gaps.ts'
import { counted } from '../../../report/uncertainty.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { costCell, costColumn } from '../../grid/grid.ts'
import { firstField, statusText, userFacts } from '../../text/user-text.ts'
import { linkWords } from '../report-words.ts'
import { currenciesOf } from '../shown-costs.ts'
import { type HeldLicenses, heldColumns, heldNames, licensesColumn, noLicenses } from './held-licenses.ts'
import { agreedUpon, costOfPerson, firstPresent, lastActive, type PersonRows, peopleOf } from './person-rows.ts'

const columns: readonly GridColumn[] = [
  { key: 'who', heading: 'Person', holds: 'text', minimum: 12, wraps: true, only: 'people' },
  { key: 'name', heading: 'Name', holds: 'text', only: 'machines' },
  { key: 'email', heading: 'E-mail', holds: 'text', minimum: 16, wraps: true },
  { key: 'department', heading: 'Department', holds: 'text', minimum: 10, expendable: 4 },
  { key: 'providers', heading: 'Providers', holds: 'text', minimum: 8, wraps: true, only: 'people' },
  { key: 'users', heading: 'Users', holds: 'text', only: 'machines' },
  { key: 'linkedBy', heading: 'Linked by', holds: 'text', expendable: 1, only: 'people' },
  { key: 'link', heading: 'Linked by', holds: 'text', only: 'machines' },
  { key: 'kind', heading: 'Kind', holds: 'text', only: 'machines' },
  { key: 'state', heading: 'Status', holds: 'text', minimum: 8, wraps: true, only: 'people' },
  { key: 'status', heading: 'Status', holds: 'text', only: 'machines' },
  { key: 'lastActiveAt', heading: 'Last active', holds: 'time', expendable: 3 },
  { key: 'reportStatus', heading: 'Report status', holds: 'text', only: 'machines' },
  { key: 'seats', heading: 'Seats', holds: 'count' },
  { key: 'pending', heading: 'Pending', holds: 'count', isNoteLate: true, expendable: 2 },
  costColumn,
  ...userFacts.map(({ key, heading }): GridColumn => ({ key, heading, holds: 'text', only: 'machines', isLate: true })),
]

/** All columns that people may have, but for those of single licenses. */
export const userGridColumns: readonly GridColumn[] = [...columns, licensesColumn]

/** The same on every row, as a file may be cut or sorted: `complete`, or which providers are not. */
const statusOf = ({ complete, providers }: LicenseReport): string =>
  complete
    ? 'complete'
    : someOf(
        providers.filter(({ status }) => status !== 'complete').map(({ id, status }) => `${id}: ${status}`),
        MAX_PROVIDERS_NAMED,
        'provider',
      ).join(', ')

/** What all rows need. */
interface Material {
  readonly status: string
  readonly gaps: ReadonlyMap<string, string>
  /** All of them in one text. */
  readonly gap: string | undefined
  readonly licenses: HeldLicenses
}

const identityCells = (person: PersonRows): readonly Cell[] => {
  const time = lastActive(person)
  const name = firstPresent(person.map(({ displayName }) => displayName))
  const email = firstPresent(person.map((user) => user.email))
  return [
    name || email || person.map(({ id }) => id).join(' '),
    name,
    email,
    firstField(person, ({ department }) => department),
    [...new Set(person.map(({ provider }) => provider))].join(' '),
    person.map(({ provider, id }) => `${provider}:${id}`).join(' '),
    linkWords[person[0].link],
    person[0].link,
    agreedUpon(person, ({ kind }) => kind),
    agreedUpon(person, statusText),
    agreedUpon(person, (user) => user.status),
    time === '' ? '' : { time },
  ]
}

const factCells = (person: PersonRows): readonly Cell[] => userFacts.map(({ ofPerson }) => ofPerson(person))

const sumOf = (person: PersonRows, listOf: (user: PersonRows[number]) => readonly string[]): number =>
  person.reduce((sum, user) => sum + listOf(user).length, 0)

const personRow = (person: PersonRows, { status, gaps, gap, licenses }: Material): readonly Cell[] => [
  ...identityCells(person),
  status,
  {
    count: counted(
      sumOf(person, ({ licenseIds }) => licenseIds),
      gap,
    ),
  },
  {
    count: counted(
      sumOf(person, ({ pendingLicenseIds }) => pendingLicenseIds),
      gap,
    ),
  },
  costCell(costOfPerson(person, gaps)),
  ...factCells(person),
  ...licenses.cellsOf(person),
]

/** A provider that failed has a row too, as people of it are missing. */
const failureRow = (provider: ProviderReport, { status, licenses }: Material): readonly Cell[] => {
  const count = counted(0, gapOfSeats(provider))
  const identity = ['', '', '', '', provider.id, `${provider.id}:`, '', '', '', '', '', '']
  const cost = costCell(provider.cost)
  return [...identity, status, { count }, { count }, cost, ...userFacts.map(() => ''), ...licenses.cellsOf([])]
}

function* rowsOf({ users = [], providers }: LicenseReport, material: Material): Generator<readonly Cell[]> {
  for (const person of peopleOf(users)) yield personRow(person, material)
  for (const provider of providers) if (provider.status === 'failed') yield failureRow(provider, material)
}

/** The names of what a person holds, for people and filters, and a column for each license for machines. */
const namesAndColumns = (report: LicenseReport): HeldLicenses => {
  const names = heldNames(report)
  const each = heldColumns(report)
  return {
    columns: [
      ...names.columns.map((column): GridColumn => ({ ...column, only: 'people' })),
      ...each.columns.map((column): GridColumn => ({ ...column, only: 'machines' })),
    ],
    cellsOf: (person) => [...names.cellsOf(person), ...each.cellsOf(person)],
  }
}

/**
 * How licenses are shown: each in its own column, the names of what a person holds in one column, the one for machines and the
 * other for people, or not at all.
 */
export type LicensesShown = 'columns' | 'names' | 'both' | 'none'

const SHOWN_AS: Readonly<Record<LicensesShown, (report: LicenseReport) => HeldLicenses>> = {
  columns: heldColumns,
  names: heldNames,
  both: namesAndColumns,
  none: () => noLicenses,
}

/** More columns are for programs and spreadsheets. */
const MOST_COLUMNS_FOR_PEOPLE = 40

/** What a license's column takes in a terminal, and what everything else does. */
const LICENSE_WIDTH = 4
const OTHERS_WIDTH = 64

/** `room`: how many columns the terminal has; absent: lines may be of any length. */
export const licensesShownToPeople = (report: LicenseReport, room?: number): LicensesShown => {
  const licenses = report.licenses.filter(({ boughtOnly }) => !boughtOnly)
  const fit = room === undefined ? MOST_COLUMNS_FOR_PEOPLE : Math.floor((room - OTHERS_WIDTH) / LICENSE_WIDTH)
  return licenses.length > Math.min(MOST_COLUMNS_FOR_PEOPLE, fit) ? 'names' : 'columns'
}

/**
 * One row for each person, and one for each provider that failed. With `columns`, there is one for each license, also
 * without a holder: how many seats of it the person has, `pending`, nothing, or `unknown`.
 */
export const userGrid = (report: LicenseReport, shown: LicensesShown): Grid => {
  const licenses = SHOWN_AS[shown](report)
  const gaps = gapsOfSeats(report.providers)
  const gap = gapOfPeople(report.providers)
  return {
    columns: [...columns, ...licenses.columns],
    rows: rowsOf(report, { status: statusOf(report), gaps, gap, licenses }),
    currencies: currenciesOf(report),
  }
}
