import { runOnce } from '../measure.mjs'

/** A run of a program that prints how many users it has read: a wrong number is no measurement. */
export const counted = async (expected, args) => {
  const result = await runOnce(args, { keep: true })
  if (Number(result.stdout) !== expected)
    throw new Error(`${args[0]} read ${result.stdout.trim()} users of ${expected}`)
  return result
}
