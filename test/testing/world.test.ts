import { describe, expect, it } from 'vitest'
import { createConformanceWorld } from '../../src/testing/index.ts'

describe('the organization of the conformance suite', () => {
  it('has ids in the form of a vendor', () => {
    const { users, refusedUserId } = createConformanceWorld({ userId: (id) => `u-${id}` })
    expect(users.map(({ id }) => id)).toContain(refusedUserId)
    expect(users.every(({ id }) => id.startsWith('u-'))).toBe(true)
  })

  // A hash of a harness gave two users one number, and scenarios said that a license was missing.
  it('says which ids a harness does not keep apart', () => {
    expect(() => createConformanceWorld({ userId: (id) => id.slice(0, 5) })).toThrow(
      'userId of the harness gives user-01 and user-02 the same id: user-',
    )
  })

  // `{}['constructor'] ?? id` is a function, and scenarios said that users were missing.
  it('says for which id a harness gives something else than a text', () => {
    const ids: Readonly<Record<string, string>> = {}
    expect(() => createConformanceWorld({ licenseId: (id) => ids[id] ?? id })).toThrow(
      'licenseId of the harness gives a function as the id for constructor',
    )
  })
})
