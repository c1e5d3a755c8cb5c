export interface JsonMistake {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number
  readonly expected: string
}

const WHITE_SPACE = /[ \t\n\r]*/y
/** A quoted text; control characters are the ones that its ranges leave out. */
const TEXT = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

class Mistake {
  readonly at: number
  readonly expected: string
  constructor(at: number, expected: string) {
    this.at = at
    this.expected = expected
  }
}

/**
 * Where a text stops being JSON, or undefined where it is JSON. `JSON.parse` says so too, but its messages differ between
 * versions of Node, often lack the position, and quote the text around it, which may be a secret.
 */
export const jsonMistake = (text: string): JsonMistake | undefined => {
  let at = 0
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    const found = pattern.test(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const skip = () => take(WHITE_SPACE)
  const takeCharacter = (character: string): boolean => {
    skip()
    if (text[at] !== character) return false
    at += 1
    return true
  }
  const demand = (done: boolean, expected: string) => {
    if (!done) throw new Mistake(at, expected)
  }
  const members = (end: string, member: () => void) => {
    if (takeCharacter(end)) return
    do {
      skip()
      member()
    } while (takeCharacter(','))
    demand(takeCharacter(end), `"," or "${end}"`)
  }
  const value = () => {
    if (takeCharacter('{')) {
      return members('}', () => {
        demand(take(TEXT), 'a field name in double quotes')
        demand(takeCharacter(':'), '":"')
        value()
      })
    }
    if (takeCharacter('[')) return members(']', value)
    demand(take(TEXT) || take(SCALAR), 'a value')
  }

  try {
    value()
    skip()
    demand(at === text.length, 'nothing more')
    return undefined
  } catch (mistake) {
    if (!(mistake instanceof Mistake)) throw mistake
    const before = text.slice(0, mistake.at).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, expected: mistake.expected }
  }
}
