import { fill, h, longTable } from '../dom.ts'
import { hashOf, type View } from '../place.ts'
import { notice, numberText, outcomeTexts, time } from '../words.ts'

export const showPlans: View = async ({ root, api, tenant, canChange }) => {
  const plans = await api.plans()
  if (plans.length === 0) {
    const where = h('a', { href: hashOf(tenant.id, 'findings') }, 'findings')
    const text = canChange ? ['There is no plan. Make one from the ', where, ', or for a person.'] : 'There is no plan.'
    return fill(root, notice('plain', text))
  }
  fill(
    root,
    longTable(
      `Plans of ${tenant.name}`,
      [
        {
          title: 'Made',
          cell: ({ id, createdAt }) => h('a', { href: hashOf(tenant.id, 'plans', id) }, time(createdAt)),
        },
        { title: 'By', cell: ({ createdBy }) => createdBy },
        { title: 'Provider', cell: ({ provider }) => provider },
        { title: 'Changes', isNumber: true, cell: ({ changes }) => numberText(changes) },
        { title: 'Seats removed', isNumber: true, cell: ({ seatsRemoved }) => numberText(seatsRemoved) },
        { title: 'State', cell: ({ state }) => h('span', { class: `state ${state.replaceAll(' ', '-')}` }, state) },
        {
          title: 'Outcome',
          cell: ({ counts }) =>
            Object.entries(counts)
              .map(([outcome, number]) => `${numberText(number)} ${outcomeTexts[outcome] ?? outcome}`)
              .join(', ') || '–',
        },
      ],
      plans,
    ),
  )
}
