import { expect, test } from 'vitest'
import { createReview } from '../../../providers/webex/review-changes.ts'

test('a removal is said, once for each license, to come back where a license template gives it', () => {
  const change = (action: 'assign' | 'remove', licenseId: string, userId: string) =>
    ({ action, licenseId, userId }) as const
  const changes = [
    change('remove', 'a', '1'),
    change('remove', 'a', '2'),
    change('remove', 'b', '1'),
    change('assign', 'c', '1'),
  ]
  const remarks = createReview()(changes, { licenses: new Map(), users: new Map() })
  expect(remarks.map(({ rule, about, change }) => [rule, about, change])).toEqual([
    ['template-may-give-back', 'license', changes[0]],
    ['template-may-give-back', 'license', changes[2]],
  ])
})
