import type { CheckItem } from '../../check/check-result.ts'
import { quantity } from '../../model/quantity.ts'

/** What a rule finds, one and many. */
const NOUNS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  'unassigned-seats': ['license with free seats', 'licenses with free seats'],
  'over-assigned': ['license over what was purchased', 'licenses over what was purchased'],
  'inactive-holder': ['inactive user with seats', 'inactive users with seats'],
  'dormant-holder': ['dormant user', 'dormant users'],
  'included-license': ['user who holds a license twice', 'users who hold a license twice'],
  'undefined-license': ['license that is not defined', 'licenses that are not defined'],
  'several-providers': ['person paid for in several providers', 'people paid for in several providers'],
  'never-active': ['user who was never active', 'users who were never active'],
  'waiting-for-seat': ['user waiting for a seat', 'users waiting for a seat'],
  'renewal-due': ['renewal', 'renewals'],
  'idle-workspace': ['idle workspace', 'idle workspaces'],
  'billed-not-held': ['license billed and not held', 'licenses billed and not held'],
  'bought-not-mapped': ['product mapped to no license', 'products mapped to no license'],
}

/** The time within which all of it comes, as far as findings tell it: ` within 60 days`. */
const withinText = (items: readonly Pick<CheckItem, 'evidence'>[]): string => {
  const days = items.flatMap(({ evidence }) => (typeof evidence?.daysLeft === 'number' ? evidence.daysLeft : []))
  return days.length === 0 ? '' : ` within ${quantity(Math.max(0, ...days), 'day')}`
}

/** `3 dormant users`, `2 renewals within 60 days`; of a rule that has no noun: `3 findings of its-name`. */
export const thingsFound = (
  rule: string,
  findings: number,
  items: readonly Pick<CheckItem, 'evidence'>[] = [],
): string => {
  const [one, many] = NOUNS[rule] ?? [`finding of ${rule}`, `findings of ${rule}`]
  return `${quantity(findings, one, many)}${withinText(items)}`
}

/** Rules that a message leaves out. */
export const othersNoun = ['rule that found something', 'rules that found something'] as const
