import { type Count, notApplicable } from '../../model/count.ts'
import { quantity } from '../../model/quantity.ts'
import type { Cost, LicenseReport, Overlap, PeopleSummary } from '../../report/license-report.ts'
import { countText } from '../text/count-text.ts'

/** Pairs of providers. */
const MOST = 100

/** The pairs of providers that are shown to people. */
export interface ShownOverlaps {
  readonly shown: readonly Overlap[]
  /** The others in sum, one line each. */
  readonly others: readonly { readonly text: string; readonly people?: Count }[]
}

const leastOf = ({ people }: Overlap): number =>
  people.kind === 'known' ? people.value : people.kind === 'unknown' ? (people.atLeast ?? 0) : 0

/** Of more pairs than can be read, those with most people in both. */
export const shownOverlaps = ({ overlaps = [], otherOverlaps }: LicenseReport, allIn: string): ShownOverlaps => {
  const shown =
    overlaps.length > MOST ? [...overlaps].sort((one, other) => leastOf(other) - leastOf(one)).slice(0, MOST) : overlaps
  const cut = overlaps.length - shown.length
  return {
    shown,
    others: [
      ...(cut > 0
        ? [
            {
              text: `${quantity(cut, 'more pair of providers has', 'more pairs of providers have')} people in both; ${allIn} has all`,
            },
          ]
        : []),
      ...(otherOverlaps === undefined || otherOverlaps.pairs === 0
        ? []
        : [
            {
              text: `people in both of ${quantity(otherOverlaps.pairs, 'more pair')} of providers`,
              people: otherOverlaps.people,
            },
          ]),
    ],
  }
}

/** The same line with its number, where it has one. */
export const otherPairsText = ({ text, people }: ShownOverlaps['others'][number]): string =>
  people === undefined ? text : `${text}: ${countText(people)}${people.kind === 'unknown' ? ` (${people.reason})` : ''}`

/** How many people, and what they cost, where the report has that. */
interface PeopleFact {
  readonly what: string
  readonly count: Count
  readonly cost?: Cost | undefined
}

/** Of people with a license. */
export const countsOfPeople = ({
  total,
  inSeveralProviders,
  withoutEmail,
  external,
}: PeopleSummary): readonly PeopleFact[] => [
  { what: 'in total', count: total },
  { what: 'in several providers', count: inSeveralProviders },
  { what: 'without e-mail address', count: withoutEmail },
  { what: 'external', count: external },
]

/** The same, and the pairs of providers that are shown. */
export const factsOfPeople = (report: LicenseReport, allIn: string): readonly PeopleFact[] => {
  const { shown, others } = shownOverlaps(report, allIn)
  return [
    ...countsOfPeople(report.people),
    ...shown.flatMap(({ providers, people, paid, cost }): readonly PeopleFact[] => {
      const both = providers.join(' and ')
      return [
        { what: `in both ${both}`, count: people },
        ...(paid === undefined ? [] : [{ what: `paid for in both ${both}`, count: paid, cost }]),
      ]
    }),
    ...others.map(({ text, people = notApplicable }) => ({ what: text, count: people })),
  ]
}
