/** Throws a plain error where a condition does not hold: the suite knows no runner's assertions. */
export function must(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}
