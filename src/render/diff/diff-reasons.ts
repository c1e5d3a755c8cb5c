import { numberText } from '../../model/quantity.ts'
import { firstOf, moreOf } from '../../model/some-of.ts'

/** Something unknown of a license called `name`, or of the provider itself. */
interface Unknown {
  readonly provider: string
  readonly name?: string | undefined
  readonly reason: string
}

/** What is unknown of one provider for one reason. */
export interface ReasonGroup {
  readonly provider: string
  readonly reason: string
  /** Of licenses. */
  readonly names: readonly string[]
}

/** One group for each provider and reason, however many licenses there are. */
export const reasonGroups = (all: readonly Unknown[]): readonly ReasonGroup[] => {
  const groups = new Map<string, { readonly provider: string; readonly reason: string; readonly names: string[] }>()
  for (const { provider, reason, name } of all) {
    const key = JSON.stringify([provider, reason])
    const group = groups.get(key) ?? { provider, reason, names: [] }
    groups.set(key, group)
    if (name !== undefined) group.names.push(name)
  }
  return [...groups.values()]
}

/** A line must stay readable; JSON has all names. */
const MAX_NAMES = 3

const namesText = (names: readonly string[]): string => {
  const { shown, others } = firstOf(names, MAX_NAMES)
  const named = shown.join(', ')
  return others > 0 ? `${named} and ${moreOf(others)}` : named
}

/** `Plus: no price is configured`, `13 licenses (A, B, C and 10 more): no price is configured`. */
export const groupText = ({ names, reason }: ReasonGroup): string =>
  names.length === 1
    ? `${namesText(names)}: ${reason}`
    : `${numberText(names.length)} licenses (${namesText(names)}): ${reason}`
