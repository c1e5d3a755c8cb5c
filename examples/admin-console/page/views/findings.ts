import type { LicenseReport } from 'seatlens'
import type { Report } from '../api.ts'
import { button, fill, foreign, h, labelled, longTable, on, options } from '../dom.ts'
import { hashOf, type View } from '../place.ts'
import { cost, count, incompleteNotices, monthlyText, notice, providerName, quantity, time } from '../words.ts'

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

    const list = h('div')
    const planning = h('div', { class: 'planning' })
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
    const showPlanning = (): void => {
      const all = shown().filter(({ id }) => removable.has(id))
      if (!canChange) return
      const providers = distinct([...chosen].map(({ id }) => removable.get(id) ?? ''))
      fill(
        planning,
        all.length > 0 &&
          button('Select all of these', () => {
            for (const group of all) chosen.add(group)
            showList()
          }),
        chosen.size > 0 &&
          button('Select none', () => {
            chosen.clear()
            showList()
          }),
        providers.map((id) => {
          const of = [...chosen].filter((group) => removable.get(group.id) === id)
          const text = `Plan ${of.length === 1 ? 'this' : `these ${of.length}`} at ${providerName(report, id)}`
          return button(text, () => makePlan(id, of), { kind: 'main', onError: showError })
        }),
      )
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
            h('strong', {}, count(removableSaving.seats), ', ', monthlyText(removableSaving.cost)),
            '. ',
          ],
          'Read ',
          time(report.generatedAt),
          '.',
        ),
        button('Read again', () => show(true), { onError: showError }),
      ),
      incompleteNotices(report),
      h('div', { class: 'bar-of-actions' }, labelled('Rule', rule), labelled('Provider', provider), planning),
      list,
    )
    showList()
  }
  await show(false)
}
