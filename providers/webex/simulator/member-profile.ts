import { fractionOf, hashOfText } from '../../../src/simulator-kit/index.ts'

/**
 * What a member holds, as keys of the catalog; the same for all whose number has the same remainder by {@link PERIOD}.
 */
export interface MemberProfile {
  readonly licenses: readonly string[]
  readonly loginEnabled: boolean
  readonly invitePending: boolean
  /** False: not yet, or no more. Default: true. */
  readonly isMember?: boolean | undefined
}

/** How many different profiles there are. */
export const PERIOD = 1000

/** What comes free with the organization. */
export const FREE = ['FMS', 'FSS', 'FTC', 'FTM']

/** The first ten members hold every license that has holders, so that those of the smallest organization do. */
const first: readonly (readonly string[])[] = [
  [...FREE, 'MS', 'EE-emea', 'BCSTD', 'CE', 'CF'],
  [...FREE, 'MS', 'EE-apac', 'RTT'],
  [...FREE, 'MS', 'EE-emea', 'CJPPRM'],
  [...FREE, 'MS', 'CJPSTD'],
  [...FREE, 'BCSTD', 'HM'],
  [...FREE, 'UCPREM', 'EE-emea'],
  [...FREE, 'MS', 'EE-emea', 'EE-apac', 'BCSTD'],
  [],
  [...FREE, 'CJPSTD', 'CJPPRM', 'MS'],
  [...FREE, 'MS', 'BCSTD'],
]

/** How many in a hundred hold a license, the free ones aside. No user has both kinds of calling. */
const shares: readonly { readonly license: string; readonly percent: number; readonly unless?: string }[] = [
  { license: 'MS', percent: 60 },
  { license: 'EE-emea', percent: 40 },
  { license: 'EE-apac', percent: 15 },
  { license: 'BCSTD', percent: 32 },
  { license: 'UCPREM', percent: 12, unless: 'BCSTD' },
  { license: 'CJPPRM', percent: 6 },
  { license: 'CJPSTD', percent: 5, unless: 'CJPPRM' },
  { license: 'RTT', percent: 9 },
  { license: 'CF', percent: 20 },
  { license: 'CE', percent: 25 },
  { license: 'HM', percent: 4 },
]

const ACCOUNT = hashOfText('webex account')
const NOTHING = hashOfText('webex nothing')

export const profileOf = (seed: number, remainder: number): MemberProfile => {
  const account = fractionOf(seed, ACCOUNT, remainder)
  const state = { loginEnabled: remainder !== 8 && account >= 0.02, invitePending: account >= 0.02 && account < 0.03 }
  const fixed = first[remainder]
  if (fixed !== undefined) return { ...state, licenses: fixed }
  if (fractionOf(seed, NOTHING, remainder) < 0.02) return { ...state, licenses: [] }
  const licenses = [...FREE]
  for (const { license, percent, unless } of shares) {
    const holds = fractionOf(seed, hashOfText(license), remainder) * 100 < percent
    if (holds && (unless === undefined || !licenses.includes(unless))) licenses.push(license)
  }
  return { ...state, licenses }
}
