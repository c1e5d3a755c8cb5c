import { expect, it } from 'vitest'
import { findingRules } from '../../src/index.ts'
import { thingsFound } from '../../src/render/check/things-found.ts'
import { withRest } from '../../src/render/message/message-text.ts'

it.each(findingRules)('what %s finds has a noun of its own in messages', (rule) => {
  expect(thingsFound(rule, 1)).not.toContain(rule)
  expect(thingsFound(rule, 2_000)).toMatch(/^2,000 /)
})

it('things that come by a day are told with the days until the last of them', () => {
  const items = [{ evidence: { daysLeft: 12 } }, { evidence: { daysLeft: 58 } }, {}]
  expect(thingsFound('renewal-due', 3, items)).toBe('3 renewals within 58 days')
  expect(thingsFound('of-a-later-version', 3)).toBe('3 findings of of-a-later-version')
})

it('what a list leaves out is one license, or many', () => {
  expect(withRest(['a', 'b'], 1, ['license', 'licenses'])).toEqual(['a; and 1 more license'])
  expect(withRest(['a', 'b', 'c'], 1, ['license', 'licenses'])).toEqual(['a; and 2 more licenses'])
})
