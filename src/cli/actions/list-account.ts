import * as E from 'fp-ts/lib/Either.js'
import { describeError, isWhole, type Ledger, type LicenseError, leavesComplete } from '../../index.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Missing } from '../output/is-seen.ts'
import type { ProviderPage } from './read-lists.ts'

interface State {
  readonly ledger?: Ledger | undefined
  readonly directory?: Ledger | undefined
  readonly error?: LicenseError | undefined
}

/** Keeps how each provider's list went. */
export interface ListAccount {
  readonly enter: (page: ProviderPage<unknown>) => void
  /** The rest of this provider's list was not wanted, and counts for nothing. */
  readonly leave: (providerId: string) => void
  readonly outcomes: () => readonly ProviderOutcome[]
  /** What is missing and why, by provider. */
  readonly gaps: () => Promise<ReadonlyMap<string, readonly Missing[]>>
  /** What the lists never have, and what else is to be said of them, one line each. */
  readonly remarks: () => readonly string[]
}

const stateWith = (state: State | undefined, page: ProviderPage<unknown>['page']): State =>
  E.isLeft(page)
    ? { ...state, error: page.left }
    : { ledger: page.right.ledger, directory: page.right.directory ?? state?.directory }

const outcomeOf = ({ ledger, directory, error }: State): ProviderOutcome => {
  if (error !== undefined) return { status: ledger === undefined ? 'failed' : 'partial', error }
  const whole = ledger !== undefined && isWhole(ledger) && (directory === undefined || leavesComplete(directory))
  return { status: whole ? 'complete' : 'partial' }
}

const gapsOf = async (
  provider: string,
  list: string,
  { ledger, directory, error }: State,
): Promise<readonly Missing[]> => {
  if (error !== undefined && ledger === undefined) return [{ provider, error, message: describeError(error) }]
  // Only here, as most lists are complete.
  const { problemOfEnd, problemsOfList } = await import('../../index.ts')
  const lines = [
    // While pages are missing every ledger says `partial`; the failure has its own line.
    ...(ledger === undefined || (error !== undefined && ledger.gaps.length === 0) ? [] : problemsOfList(list, ledger)),
    ...(directory === undefined ? [] : problemsOfList('people in the directory', directory)),
  ]
  return [
    ...(error === undefined || ledger === undefined
      ? []
      : [{ provider, error, message: `${provider}: ${problemOfEnd(list, ledger.items, error)}` }]),
    ...lines.map((line) => ({ provider, message: `${provider}: ${line}` })),
  ]
}

/** How one list is doing, by the pages that have come. */
export const openListState = () => {
  let state: State = {}
  return {
    enter: (page: ProviderPage<unknown>['page']): void => {
      state = stateWith(state, page)
    },
    outcome: () => ({ ...outcomeOf(state), items: state.ledger?.items ?? 0 }),
  }
}

/** `list` is what the list is of, for people: `users`. */
export const openListAccount = (list: string): ListAccount => {
  const states = new Map<string, State>()
  return {
    enter: ({ provider, page }) => {
      states.set(provider.id, stateWith(states.get(provider.id), page))
    },
    leave: (providerId) => {
      states.delete(providerId)
    },
    outcomes: () => [...states.values()].map(outcomeOf),
    gaps: async () => {
      const gaps = new Map<string, readonly Missing[]>()
      for (const [provider, state] of states) {
        const { directory } = state
        if (outcomeOf(state).status !== 'complete' || (directory !== undefined && !isWhole(directory)))
          gaps.set(provider, await gapsOf(provider, list, state))
      }
      return gaps
    },
    remarks: () =>
      [...states].flatMap(([provider, { ledger }]) =>
        [...(ledger?.omits ?? []), ...(ledger?.remarks ?? [])].map((remark) => `${provider}: ${remark}`),
      ),
  }
}
