import type * as t from 'io-ts'
import { Refusal } from './refusal.ts'

const isCombined = (type: unknown): boolean =>
  typeof type === 'object' && type !== null && '_tag' in type && /^(Intersection|Union)Type$/.test(String(type._tag))

/** What is wrong with a value, one line each, with its place and without the value itself. */
export const problemsIn = (codec: t.Mixed, value: unknown): readonly string[] => {
  const result = codec.decode(value)
  if (result._tag === 'Right') return []
  const lines = result.left.map(({ context }) => {
    // Members of an intersection or a union are counted in a context; they are no places.
    const path = context.flatMap(({ key }, place) => (place === 0 || isCombined(context[place - 1]?.type) ? [] : [key]))
    return `${path.join('.') || 'the value'}: expected ${context.at(-1)?.type.name}`
  })
  return [...new Set(lines)].slice(0, 10)
}

/** A value from outside as what it must be. Throws a {@link Refusal} with 400. */
export const decoded = <A, O>(codec: t.Type<A, O>, value: unknown): A => {
  if (codec.is(value)) return value
  throw new Refusal(400, 'InvalidInput', problemsIn(codec, value).join('; '))
}
