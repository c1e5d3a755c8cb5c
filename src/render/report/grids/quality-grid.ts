import { gapInWords, type Ledger } from '../../../model/ledger.ts'
import { describeError } from '../../../model/license-error.ts'
import { licenseLabels } from '../../../report/license-labels.ts'
import type { LicenseReport, ProviderReport } from '../../../report/license-report.ts'
import { listsOf, wordsFor } from '../../../report/report-problems.ts'
import { remarksBesidesLists } from '../../../report/report-remarks.ts'
import type { Cell, Grid, GridColumn } from '../../grid/grid.ts'
import { noticesOf } from '../../notices.ts'
import { verdictWords } from '../report-words.ts'
import { uncountedLicenses } from '../shown-costs.ts'

const columns: readonly GridColumn[] = [
  { key: 'provider', heading: 'Provider', holds: 'text' },
  { key: 'what', heading: 'What', holds: 'text' },
  { key: 'result', heading: 'Result', holds: 'text' },
  { key: 'explanation', heading: 'Explanation', holds: 'text', isProse: true },
  { key: 'items', heading: 'Read', holds: 'number' },
  { key: 'total', heading: "Vendor's total", holds: 'number' },
  { key: 'repeated', heading: 'Repeated', holds: 'number' },
  { key: 'undecodable', heading: 'Unreadable', holds: 'number' },
]

const NO_NUMBERS = ['', '', '', '']

const rowsOfList = (provider: string, list: string, ledger: Ledger): readonly (readonly Cell[])[] => [
  [
    provider,
    `list of ${list}`,
    verdictWords[ledger.verdict],
    ledger.omits.join('; '),
    ledger.items,
    ledger.total ?? 'not provided',
    ledger.repeated,
    ledger.undecodable,
  ],
  ...ledger.gaps.map((gap) => [
    provider,
    ledger.supplementary ? `list of ${list}` : `gap in the list of ${list}`,
    ledger.supplementary ? 'remark' : 'unknown',
    gapInWords(gap, wordsFor(list)),
    ...NO_NUMBERS,
  ]),
  ...(ledger.remarks ?? []).map((remark) => [provider, `list of ${list}`, 'remark', remark, ...NO_NUMBERS]),
]

function* rowsOfProvider({ id, status, error, ledgers }: ProviderReport): Generator<readonly Cell[]> {
  yield [id, 'provider', status, error === undefined ? '' : describeError(error), ...NO_NUMBERS]
  for (const { name, ledger } of listsOf(ledgers)) yield* rowsOfList(id, name, ledger)
}

function* rowsOf(report: LicenseReport): Generator<readonly Cell[]> {
  const { labelOf } = licenseLabels(report)
  const isMissingNothing = ({ status }: ProviderReport) => status === 'complete'
  for (const provider of report.providers) if (!isMissingNothing(provider)) yield* rowsOfProvider(provider)
  for (const provider of report.providers) if (isMissingNothing(provider)) yield* rowsOfProvider(provider)
  for (const { provider = '', rule, licenseId, reason } of report.abstentions ?? []) {
    const what = licenseId === undefined ? rule : `${rule}: ${labelOf(provider, licenseId)}`
    yield [provider, `rule ${what}`, 'unknown', reason, ...NO_NUMBERS]
  }
  for (const { provider, what, text } of remarksBesidesLists(report)) {
    yield [provider, what, 'remark', text, ...NO_NUMBERS]
  }
  for (const { email, users } of report.ambiguousLinks ?? []) {
    const sharedBy = users.map(({ provider, id }) => `${provider}:${id}`).join(' ')
    yield ['', `address ${email}`, 'shared by several users', sharedBy, ...NO_NUMBERS]
  }
  for (const notice of noticesOf(report)) yield ['', 'setting', 'unused', notice, ...NO_NUMBERS]
  for (const { provider, id, cost } of uncountedLicenses(report.licenses)) {
    yield [provider, `cost of ${labelOf(provider, id)}`, 'unknown', cost.reason, ...NO_NUMBERS]
  }
}

/** How each list was read, those with gaps first; then abstentions, remarks, shared addresses, unused settings and unknown costs. */
export const qualityGrid = (report: LicenseReport): Grid => ({ columns, rows: rowsOf(report), currencies: [] })
