import { expect, test } from 'vitest'
import type { License } from '../../src/index.ts'
import { wantedChanges } from '../../src/plan/wanted-changes.ts'
import { assign, license } from './organization.ts'

/** How often names of licenses are looked at, for so many licenses that there are and names that there are not. */
const looksAtNames = (count: number): number => {
  let looks = 0
  const named = (id: string): License => ({
    ...license(id),
    provider: 'acme',
    get name() {
      looks++
      return `Product ${id}`
    },
  })
  const licenses = new Map(Array.from({ length: count }, (_, index) => [`l${index}`, named(`l${index}`)]))
  const { problems } = wantedChanges(
    Array.from({ length: count }, (_, index) => assign(`Produkt x${index}`, 'ada')),
    { provider: 'acme', licenses, unlisted: new Map(), users: new Map(), resolved: new Map(), skipUnknown: true },
  )
  expect(problems).toHaveLength(count)
  // Each with suggestions was compared with every name.
  const compared = problems.filter((problem) => problem._tag === 'UnknownLicense' && problem.suggestions.length > 0)
  expect(compared).toHaveLength(20)
  return looks
}

test('twice as many wrong names of twice as many licenses take twice as long, and not four times', () => {
  const few = looksAtNames(300)
  expect(looksAtNames(600)).toBeLessThanOrEqual(few * 2.1)
})
