import { type LicenseReport, seatsInUse } from 'seatlens'
import type { Report } from '../../shared/api.ts'
import { button, type Column, fill, foreign, h, table } from '../dom.ts'
import type { View } from '../place.ts'
import { cost, count, incompleteNotices, monthlyText, notice, providerName, time } from '../words.ts'

type Row = LicenseReport['licenses'][number]

const bar = ({ name, utilization }: Row): HTMLElement | string => {
  if (utilization.kind !== 'known') return utilization.kind === 'unknown' ? 'unknown' : '–'
  const percent = Math.round(utilization.value * 100)
  const filled = h('span', { class: percent > 100 ? 'over' : percent >= 90 ? 'nearly' : '' })
  // Not as an attribute: the policy of this page allows no inline style.
  filled.style.width = `${Math.min(percent, 100)}%`
  return h(
    'div',
    { class: 'utilization' },
    h('span', { class: 'bar', role: 'img', 'aria-label': `${percent} percent of ${name} in use` }, filled),
    h('span', { class: 'percent' }, `${percent} %`),
  )
}

const columnsFor = (report: Report): readonly Column<Row>[] => [
  { title: 'License', cell: ({ name, productCode }) => [foreign(name), h('small', {}, productCode ?? '')] },
  { title: 'In use', cell: bar },
  { title: 'Purchased', isNumber: true, cell: ({ purchased }) => count(purchased) },
  { title: 'Used', isNumber: true, cell: (row) => count(seatsInUse(row)) },
  { title: 'Free', isNumber: true, cell: ({ available }) => count(available) },
  ...(report.cost === undefined
    ? []
    : [{ title: 'Cost per month', isNumber: true, cell: (row: Row) => cost(row.cost) }]),
]

export const showLicenses: View = async ({ root, api, tenant, showError }) => {
  const show = async (isFresh: boolean): Promise<void> => {
    fill(root, notice('plain', `Reading the licenses of ${tenant.name} … A large organization takes a few minutes.`))
    const report = await api.report(isFresh)
    fill(
      root,
      h(
        'div',
        { class: 'bar-of-actions' },
        h(
          'p',
          {},
          report.cost !== undefined && [h('strong', {}, monthlyText(report.cost.total)), ' in total. '],
          'Read ',
          time(report.generatedAt),
          '.',
        ),
        button('Read again', () => show(true), { onError: showError }),
      ),
      incompleteNotices(report),
      report.providers.map(({ id, status }) => {
        const rows = report.licenses.filter(({ provider }) => provider === id)
        const name = providerName(report, id)
        return h(
          'section',
          {},
          h('h2', {}, name),
          rows.length === 0
            ? h('p', { class: 'muted' }, status === 'failed' ? 'Unknown.' : 'There is no license.')
            : table(`Licenses of ${name}`, columnsFor(report), rows).element,
        )
      }),
    )
  }
  await show(false)
}
