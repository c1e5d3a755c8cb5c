import * as t from 'io-ts'
import { optionalMembers } from '../../model/optional-members.ts'
import { countShape, Finite, NotApplicable } from '../../model/shapes.ts'
import type * as reports from '../license-report.ts'

export const Money: t.Type<reports.Money> = t.type({ amount: Finite, currency: t.string }, 'Money')

/** Of the kinds that this version knows: for what is sealed, of which no part may be read as another one. */
export const CostOfNow: t.Type<reports.Cost> = t.union(
  [
    t.type({ kind: t.literal('known'), amounts: t.readonlyArray(Money) }),
    t.intersection([
      t.type({ kind: t.literal('unknown'), reason: t.string }),
      optionalMembers({ atLeast: t.readonlyArray(Money) }),
    ]),
    NotApplicable,
  ],
  'Cost',
)

export const Cost: t.Type<reports.Cost> = countShape(CostOfNow, ['known', 'unknown', 'notApplicable'])
