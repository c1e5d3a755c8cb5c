import type { LicenseReport } from 'seatlens'
import type { Report } from '../../shared/api.ts'
import { button, fill, foreign, h, labelled, longTable, on, options } from '../dom.ts'
import { hashOf, type View } from '../place.ts'
import {
  cost,
  count,
  incompleteNotices,
  monthlyText,
  notice,
  numberText,
  providerName,
  quantity,
  time,
} from '../words.ts'

type Group = NonNullable<LicenseReport['findingGroups']>[number]

/** By group: the provider whose seats can be given up, where there are such. A plan is for one provider. */
const removableIn = ({ findings = [] }: Report): ReadonlyMap<string, string> => {
  const providers = new Map<string, string>()
  for (const { group, removals: [first] = [], accepted } of findings) {
    if (group !== undefined && first !== undefined && accepted === undefined) providers.set(group, first.provider)
  }
  return providers
}

const ruleText = (rule: string): string => `${rule.slice(0, 1).toUpperCase()}${rule.slice(1).replaceAll('-', ' ')}`

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)]

export const showFindings: View = async ({ root, api, tenant, canChange, signal, showError }) => {
  const show = async (isFresh: boolean): Promise<void> => {
    fill(root, notice('plain', `Looking for what can be saved at ${tenant.name} …`))
    const report = await api.report(isFresh)
    const groups = (report.findingGroups ?? []).filter(({ accepted }) => accepted === undefined)
    const removable = removableIn(report)
    const chosen = new Set<Group>()
    const rule = h('select')
    const provider = h('select')
    options(rule, [
      ['', 'All'],
      ...distinct(groups.map((group) => group.rule)).map((one) => [one, ruleText(one)] as const),
    ])
    options(provider, [['', 'All'], ...report.providers.map(({ id, displayName }) => [id, displayName] as const)])

    const list = h('div', { class: 'stack' })
    const shown = () =>
      groups.filter(
        (group) =>
          (rule.value === '' || group.rule === rule.value) &&
          (provider.value === '' || group.provider === provider.value),
      )

    const makePlan = async (id: string, of: readonly Group[]): Promise<void> => {
      const made = await api.makePlan({ fix: of.map((group) => group.id), provider: id })
      if (!signal.aborted) location.hash = hashOf(tenant.id, 'plans', made.id)
    }
    const selectAll = button('Select all of these', () => {
      for (const group of shown()) if (removable.has(group.id)) chosen.add(group)
      showList()
    })
    const selectNone = button('Select none', () => {
      chosen.clear()
      showList()
    })
    const chosenAt = (id: string) => [...chosen].filter((group) => removable.get(group.id) === id)
    const plans = report.providers.map(({ id, displayName }) => ({
      ...{ id, displayName },
      make: button('', () => makePlan(id, chosenAt(id)), { kind: 'main', onError: showError }),
    }))
    const showPlanning = (): void => {
      selectAll.hidden = !shown().some(({ id }) => removable.has(id))
      selectNone.hidden = chosen.size === 0
      for (const { id, displayName, make } of plans) {
        const seats = chosenAt(id).length
        make.hidden = seats === 0
        fill(make, `Plan ${seats === 1 ? 'this' : `these ${numberText(seats)}`} at ${displayName}`)
      }
    }
    const choice = (group: Group): HTMLElement => {
      const message = h('span', {}, foreign(group.message))
      if (!canChange || !removable.has(group.id)) return message
      const box = h('input', { type: 'checkbox' })
      box.checked = chosen.has(group)
      on(box, {
        change: () => {
          if (box.checked) chosen.add(group)
          else chosen.delete(group)
          showPlanning()
        },
      })
      return h('label', { class: 'choice' }, box, message)
    }
    const showList = (): void => {
      const rows = shown()
      const columns = [
        { title: 'Finding', cell: choice },
        { title: 'Rule', cell: (group: Group) => ruleText(group.rule) },
        { title: 'Provider', cell: (group: Group) => providerName(report, group.provider) },
        { title: 'Seats', isNumber: true, cell: (group: Group) => count(group.seats) },
        { title: 'Cost per month', isNumber: true, cell: (group: Group) => cost(group.cost) },
      ]
      fill(
        list,
        h('p', { role: 'status' }, `${quantity(rows.length, 'finding')}, the most expensive first.`),
        rows.length > 0 && longTable(`Findings of ${tenant.name}`, columns, rows),
      )
      showPlanning()
    }
    on(rule, { change: showList })
    on(provider, { change: showList })
    const removableSaving = report.savings?.removable
    fill(
      root,
      h(
        'div',
        { class: 'bar-of-actions' },
        h(
          'p',
          {},
          removableSaving !== undefined && [
            'Seats that can be given up: ',
            h('strong', {}, count(removableSaving.seats), ' (', monthlyText(removableSaving.cost), ')'),
            '. ',
          ],
          'Read ',
          time(report.generatedAt),
          '.',
        ),
        button('Read again', () => show(true), { onError: showError }),
      ),
      incompleteNotices(report),
      h(
        'div',
        { class: 'bar-of-actions' },
        labelled('Rule', rule),
        labelled('Provider', provider),
        canChange && [selectAll, selectNone, plans.map(({ make }) => make)],
      ),
      list,
    )
    showList()
  }
  await show(false)
}
