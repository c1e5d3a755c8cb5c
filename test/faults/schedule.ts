import * as fc from 'fast-check'

/** What goes wrong between the vendor and us, whatever is being read. */
export const transportFaults = [
  'status408',
  'status423',
  'status423AfterSeconds',
  'status429AfterSeconds',
  'status429AfterDate',
  'status429',
  'status429AfterZero',
  'status429AfterTiny',
  'status429AfterGarbage',
  'status429AfterAnHour',
  'html403',
  'rateNonsense',
  'status500Json',
  'status500Html',
  'status502Json',
  'status502Html',
  'status503Json',
  'status503Html',
  'status504Json',
  'status504Html',
  'html200',
  'refused',
  'reset',
  'cut',
  'truncate',
  'trickle',
  'hang',
  'gzip',
  'tokenExpires',
  'tokenThrottled',
] as const
export type TransportFault = (typeof transportFaults)[number]

/** What goes wrong with pages at any vendor. */
const anyPages = [
  'joinsAtFront',
  'joinsAtEnd',
  'repeatsPage',
  'emptyPage',
  'undecodableInPlace',
  'undecodableToo',
] as const

/** With pages that are asked for by number, which tell their count and the total. */
export const numberedPageFaults = [
  ...anyPages,
  'leaves',
  'losesRow',
  'pageCountAbsent',
  'pageCountTooSmall',
  'pageCountTooLarge',
  'pageCountOdd',
  'totalMoves',
  'totalAbsent',
  'totalOdd',
  'rowsAbsent',
  'licensesAbsent',
  'splitsRow',
  'tooMuch',
] as const
export type NumberedPageFault = (typeof numberedPageFaults)[number]

/** With pages that lead to the next one by a `Link` header. */
export const linkedPageFaults = [
  ...anyPages,
  'lastLeaves',
  'linkRepeats',
  'linkRelative',
  'linkAmongOthers',
  'linkWithPunctuation',
  'linkEmpty',
  'linkGarbage',
  'linkForeign',
  'linkNotUnderstood',
  'rowsOfNoList',
] as const
export type LinkedPageFault = (typeof linkedPageFaults)[number]

/**
 * Changes that no single pass over a list can see, so that no schedule has them; `exclusions.test.ts` shows that they
 * cannot be seen.
 */
export type Unseen =
  /** One user leaves from a page that was read and another joins: the total does not move, and a row is skipped. */
  | 'equalExchange'
  /** One user leaves from a page that was read, of a list by offset that gives no total: a row is skipped. */
  | 'leavesWithoutTotal'

export type Where = 'any' | 'users' | 'licenses' | 'directory' | 'token'

/** Lets `skip` fitting requests pass and strikes the `times` after them. */
interface Struck<Kind> {
  readonly kind: Kind
  readonly skip: number
  readonly times: number
}

export interface ScheduledFault extends Struck<TransportFault> {
  readonly where: Where
}

export interface ScheduledPageFault<Kind> extends Struck<Kind> {
  /** Chooses among what there is: a row, a wrong number, a garbage. */
  readonly pick: number
  /** In the directory, where the vendor keeps one apart; who is in it does not change. */
  readonly inDirectory: boolean
}

/** One field of one record of a page in which an odd value stands. */
export interface ScheduledValue {
  /** Each chooses: a field, a value, a record of the page that is struck. */
  readonly field: number
  readonly value: number
  readonly record: number
  readonly skip: number
}

/** One organization, one reading of it, and all that goes wrong meanwhile. */
export interface Schedule<Kind> {
  readonly users: number
  readonly seed: number
  readonly pageSize: number
  readonly reading: 'pages' | 'report'
  readonly faults: readonly ScheduledFault[]
  /** One at the most: two lies about one list may agree with each other, and then nobody can tell. */
  readonly pageFault?: ScheduledPageFault<Kind>
  /** Where no page lies otherwise. */
  readonly oddValue?: ScheduledValue
}

export const FOR_GOOD = 1_000_000

/** These take real time. */
const SLOW: ReadonlySet<TransportFault> = new Set(['hang', 'trickle'])

/** Mostly few, as most readings here take a dozen requests. */
const skips = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(9) })
const fewTimes = fc.integer({ min: 1, max: 3 })
const times = fc.oneof({ weight: 4, arbitrary: fewTimes }, { weight: 1, arbitrary: fc.constant(FOR_GOOD) })

export const scheduledFaults: fc.Arbitrary<ScheduledFault> = fc
  .record({
    kind: fc.constantFrom(...transportFaults),
    where: fc.constantFrom<Where>('any', 'users', 'users', 'licenses', 'directory', 'token'),
    skip: skips,
    times,
  })
  .map((fault) => (SLOW.has(fault.kind) && fault.times > 2 ? { ...fault, times: 2 } : fault))

/** The answer is as it would have been, and can be read. */
const COMES_AS_IT_IS: ReadonlySet<TransportFault> = new Set(['gzip', 'rateNonsense'])

/**
 * A page that comes as it is does not come as its page fault has it, for one fault strikes a request and no other does.
 * Among pages whose rows are elsewhere, that is the list of another vendor, who leaves a row or a half of one out, which
 * nothing shows.
 */
const HEALS_PAGES: ReadonlySet<TransportFault> = new Set([...COMES_AS_IT_IS, 'trickle', 'tokenExpires'])
const MOVES_ROWS: ReadonlySet<unknown> = new Set<NumberedPageFault | LinkedPageFault>(['splitsRow', 'joinsAtFront'])

export const schedules = <Kind>(pageFaults: readonly [Kind, ...Kind[]]): fc.Arbitrary<Schedule<Kind>> =>
  fc
    .record(
      {
        users: fc.integer({ min: 10, max: 60 }),
        seed: fc.integer({ min: 1, max: 10_000 }),
        pageSize: fc.integer({ min: 3, max: 8 }),
        reading: fc.constantFrom('pages', 'pages', 'report'),
        faults: fc.array(scheduledFaults, { maxLength: 3 }),
        pageFault: fc.record({
          kind: fc.constantFrom<Kind>(...pageFaults),
          skip: skips,
          times,
          pick: fc.nat(1_000),
          inDirectory: fc.nat(3).map((one) => one === 0),
        }),
        oddValue: fc.record({ field: fc.nat(1_000), value: fc.nat(1_000), record: fc.nat(100), skip: skips }),
      },
      { requiredKeys: ['users', 'seed', 'pageSize', 'reading', 'faults'] },
    )
    .map(({ pageFault, oddValue, ...schedule }) => {
      if (pageFault !== undefined && MOVES_ROWS.has(pageFault.kind)) {
        const faults = schedule.faults.filter(({ kind }) => !HEALS_PAGES.has(kind))
        return { ...schedule, pageFault, faults }
      }
      if (pageFault !== undefined) return { ...schedule, pageFault }
      return oddValue === undefined ? schedule : { ...schedule, oddValue }
    })

/** What a repeat gets over. A token that expires before its first use, and a 423 that names no time, are given up. */
const REPEATED: ReadonlySet<TransportFault> = new Set<TransportFault>([
  'status408',
  'status423AfterSeconds',
  'status429AfterSeconds',
  'status429AfterDate',
  'status429',
  'status429AfterZero',
  'status429AfterTiny',
  'status429AfterGarbage',
  'status500Json',
  'status500Html',
  'status502Json',
  'status502Html',
  'status503Json',
  'status503Html',
  'status504Json',
  'status504Html',
  'html200',
  'refused',
  'reset',
  'cut',
  'truncate',
  'hang',
  'tokenThrottled',
])

/** Odd, and nothing is lost by it. */
const LOSSLESS: ReadonlySet<unknown> = new Set<NumberedPageFault | LinkedPageFault>([
  'emptyPage',
  'pageCountAbsent',
  'totalAbsent',
  'licensesAbsent',
  'tooMuch',
  'linkRelative',
  'linkAmongOthers',
  'linkWithPunctuation',
])

/** Fewer than the attempts that a request has, so that some are left for a machine that is slow by itself. */
const FEW = 2

/**
 * Such a page comes as it is, as one fault strikes a request and no other does; among pages that are moved by an
 * empty one that would be another list.
 */
const tearsMovedPages = <Kind>({ faults, pageFault }: Schedule<Kind>): boolean =>
  pageFault?.kind === 'emptyPage' && faults.some(({ kind }) => COMES_AS_IT_IS.has(kind))

const canAllBeOvercome = <Kind>({ faults, pageFault, oddValue }: Schedule<Kind>): boolean =>
  oddValue === undefined &&
  faults.every(({ kind }) => COMES_AS_IT_IS.has(kind) || REPEATED.has(kind)) &&
  faults.reduce((sum, { kind, times }) => sum + (COMES_AS_IT_IS.has(kind) ? 0 : times), 0) <= FEW &&
  (pageFault === undefined || (LOSSLESS.has(pageFault.kind) && pageFault.times < FOR_GOOD))

/** Whether all that goes wrong must be got over: then the truth is to come out whole. */
export const mustBeOvercome = <Kind>(schedule: Schedule<Kind>): boolean =>
  !tearsMovedPages(schedule) && canAllBeOvercome(schedule)
