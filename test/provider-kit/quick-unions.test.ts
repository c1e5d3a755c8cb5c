import * as fc from 'fast-check'
import * as t from 'io-ts'
import { describe, expect, test } from 'vitest'
import { quickenUnions } from '../../src/provider-kit/quick-unions.ts'

const codec = () => {
  const Id = t.union([t.string, t.type({ id: t.string })], 'id')
  return t.intersection([
    t.type({ id: Id, held: t.array(t.union([Id, t.number])) }),
    t.partial({ name: t.union([t.refinement(t.union([t.string, t.boolean]), (value) => value !== ''), t.null]) }),
  ])
}

describe('a codec whose unions are quick', () => {
  test('recognizes the same values as before', () => {
    const quick = codec()
    quickenUnions(quick)
    const member = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.boolean(), fc.record({ id: fc.string() }))
    const value = fc.record({ id: member, held: fc.array(member) }, { requiredKeys: [] })
    fc.assert(
      fc.property(
        fc.oneof(
          member,
          fc.tuple(value, member).map(([record, name]) => ({ ...record, name })),
        ),
        (tried) => {
          expect(quick.is(tried)).toBe(codec().is(tried))
        },
      ),
    )
    expect(quick.is({ id: { id: 'a' }, held: [1, 'b'], name: null })).toBe(true)
  })

  test('says the same of what it does not recognize', () => {
    const [quick, plain] = [codec(), codec()]
    quickenUnions(quick)
    const problems = ({ decode }: t.Mixed) => JSON.stringify(decode({ id: 1, held: [null], name: '' }))
    expect(problems(quick)).toBe(problems(plain))
  })

  test('makes no function for a value, in whatever codec the union is', () => {
    const inner = t.union([t.string, t.null])
    const ofIoTs = inner.is
    quickenUnions(t.readonly(t.array(t.exact(t.type({ a: t.record(t.string, inner) })))))
    expect(inner.is).not.toBe(ofIoTs)
  })

  test('may refer to itself, be frozen, or be no codec', () => {
    interface Tree {
      readonly children: Tree[] | null
    }
    const Tree: t.Type<Tree> = t.recursion('Tree', () => t.type({ children: t.union([t.array(Tree), t.null]) }))
    quickenUnions(Tree)
    expect(Tree.is({ children: [{ children: null }] })).toBe(true)
    const frozen = Object.freeze(t.union([t.string, t.null]))
    quickenUnions(frozen)
    expect([frozen.is(''), frozen.is(1)]).toEqual([true, false])
    expect(() => [undefined, null, 1, {}, { is: 1 }].forEach(quickenUnions)).not.toThrow()
  })
})
