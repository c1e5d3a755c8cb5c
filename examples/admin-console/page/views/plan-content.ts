import type { Plan } from 'seatlens'
import type { PlanInFull } from '../../shared/api.ts'
import { foreign, h, table } from '../dom.ts'
import { changesText, count, monthlyText, quantity, time } from '../words.ts'

/** What it saves, and when. */
const savingText = ({ saving, cost }: Plan): string => {
  if (saving !== undefined) {
    const { now, atRenewal, untold } = saving
    const parts = [
      ['At once', now],
      [atRenewal.firstEnd === undefined ? 'At the renewal' : `At the renewal from ${atRenewal.firstEnd} on`, atRenewal],
      ['At a time that is not known', untold],
    ] as const
    const told = parts.filter(([, { seats }]) => !(seats.kind === 'known' && seats.value === 0))
    const whole = `Saves ${monthlyText(saving.cost)}`
    const [only] = told
    if (told.length <= 1) return only === undefined ? `${whole}.` : `${whole}, ${only[0].toLowerCase()}.`
    return `${whole}. ${told.map(([when, part]) => `${when}: ${monthlyText(part.cost)}.`).join(' ')}`
  }
  if (cost === undefined) return 'The saving is unknown: no prices are configured.'
  return `Changes the cost of the seats in use by ${monthlyText({ kind: 'known', amounts: cost.amounts })}.`
}

/** What a plan would do, and what to know before it is applied. */
export const planContent = ({ plan, createdAt, createdBy }: PlanInFull): HTMLElement => {
  const { changes, warnings, omitted = [], alreadySo, limit, licenses, provider } = plan
  const notes = [
    alreadySo.length > 0 && `${quantity(alreadySo.length, 'change')} asked for: already so.`,
    limit !== undefined && limit.leftOut > 0 && `${quantity(limit.leftOut, 'change')} left out by the limit.`,
    ...omitted.map(({ seats, reason }) => `${quantity(seats, 'seat')} left out: ${reason}.`),
  ].filter((note) => note !== false)
  return h(
    'section',
    { class: 'card' },
    h('h2', {}, `At ${provider.displayName}: ${changesText(changes) || 'nothing to change'}`),
    h('p', {}, savingText(plan)),
    h(
      'p',
      { class: 'muted' },
      `Made by ${createdBy} `,
      time(createdAt),
      '.',
      h('span', { class: 'while-planned' }, ' It can be applied until ', time(plan.expiresAt), '.'),
    ),
    notes.length > 0 &&
      h(
        'ul',
        {},
        notes.map((note) => h('li', {}, note)),
      ),
    warnings.length > 0 && [
      h('h3', {}, 'Warnings'),
      h(
        'ul',
        { class: 'warnings' },
        warnings.map(({ message, lostForGood }) =>
          h('li', {}, foreign(message), lostForGood === true && h('strong', {}, ' Undo does not bring this back.')),
        ),
      ),
    ],
    table(
      'Licenses before and after',
      [
        { title: 'License', cell: ({ name }) => foreign(name) },
        { title: 'Holders before', isNumber: true, cell: ({ holders }) => count(holders.before) },
        { title: 'Holders after', isNumber: true, cell: ({ holders }) => count(holders.after) },
        { title: 'Free before', isNumber: true, cell: ({ available }) => count(available.before) },
        { title: 'Free after', isNumber: true, cell: ({ available }) => count(available.after) },
      ],
      licenses,
    ).element,
  )
}
