import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inPieces, textPieces } from '../../src/model/text-pieces.ts'
import { nodeSha256 } from '../../src/node/index.ts'
import { createJournalInPieces } from '../../src/plan/index.ts'
import { canonicalJson, jsonPieces, plainJson } from '../../src/plan/json-pieces.ts'
import { planSeal } from '../../src/plan/plan-seal.ts'
import { jsonText, objectText } from '../../src/render/text/json-text.ts'
import { added } from './journal-text.ts'
import { assign, organization, planFor } from './organization.ts'

const plan = await planFor(organization(), [assign('pro', 'ada')])
const json = fc.jsonValue({ maxDepth: 4 })

/** The same value with the keys of its objects the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, turned(member)]),
  )
}

describe('what is large is the same text in pieces', () => {
  test('as JSON', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect([...jsonPieces(value, plainJson)].join('')).toBe(JSON.stringify(value))
        expect(JSON.parse([...jsonPieces(value, canonicalJson)].join(''))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('as JSON for people', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), json), (value) => {
        expect([...objectText(value)].join('')).toBe(`${jsonText(value, 2)}\n`)
      }),
    )
  })

  test('and has one hash, whatever computes it and whatever the order of keys', async () => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        const content = { value }
        const { hash } = await planSeal.sealed(content)
        const text = [...jsonPieces(content, canonicalJson)].join('')
        expect(hash).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`)
        expect(await planSeal.sealed(content, { sha256: nodeSha256 })).toEqual({ value, hash })
        expect((await planSeal.sealed({ value: turned(value) })).hash).toBe(hash)
        expect(await planSeal.isAsSealed({ ...content, hash })).toBe(true)
      }),
    )
  })

  test('and no character is cut in two', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 5 }), (parts, length) => {
        const pieces = [...inPieces(parts, length)]
        expect(pieces.join('')).toBe(parts.join(''))
        for (const piece of [...pieces, ...textPieces(parts.join(''), length)]) {
          expect(new TextDecoder().decode(new TextEncoder().encode(piece))).toBe(piece)
        }
      }),
    )
  })
})

test('a journal gets the plan in pieces, none of which is longer for more changes', async () => {
  const [change, user] = [plan.changes[0], plan.users[0]]
  if (change === undefined || user === undefined) throw new Error('the plan changes nothing')
  const many = {
    ...plan,
    changes: Array.from({ length: 5_000 }, (_, number) => ({ ...change, userId: `${number}` })),
    users: Array.from({ length: 5_000 }, (_, number) => ({ ...user, id: `${number}` })),
  }
  const pieces: string[] = []
  const journal = createJournalInPieces(
    async (texts) => {
      pieces.push(...texts)
    },
    { now: () => 0 },
  )
  await journal.append({ entry: 'begin', plan: many })
  expect(pieces.join('')).toBe(await added('', { entry: 'begin', plan: many }))
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(1_000)
})
