import { quantity } from '../../model/quantity.ts'
import type { JournalRemark, LicenseTrend, MovedSeats, Trend, TrendPlan } from '../../snapshot/index.ts'

/** `plan idle.json`, `undo of plan idle.json`. */
export const planTitle = ({ name, undo }: Pick<TrendPlan, 'name' | 'undo'>): string =>
  undo ? `undo of plan ${name}` : `plan ${name}`

/** `14 seats given back, 2 given`. */
export const movedText = ({ given, givenBack }: MovedSeats): string => {
  if (givenBack === 0) return `${quantity(given, 'seat')} given`
  return `${quantity(givenBack, 'seat')} given back${given === 0 ? '' : `, ${given} given`}`
}

/** The plans that changed one license, with what they changed of it. */
export const plansOf = ({ plans = [] }: Trend, { provider, id }: LicenseTrend): readonly TrendPlan[] =>
  plans.flatMap((plan) => {
    if (plan.provider !== provider) return []
    const own = plan.licenses.find((license) => license.id === id)
    return own === undefined ? [] : [{ ...plan, given: own.given, givenBack: own.givenBack }]
  })

/** Journals that are left out, which makes a trend incomplete. */
export const damagedJournals = ({ journals = [] }: Trend): readonly JournalRemark[] =>
  journals.filter(({ kind }) => kind === 'damaged')

/** What else there is to know of journals. */
export const journalNotes = ({ journals = [] }: Trend): readonly JournalRemark[] =>
  journals.filter(({ kind }) => kind !== 'damaged')
