import * as E from 'fp-ts/lib/Either.js'
import { type JSONVisitor, printParseErrorCode, visit } from 'jsonc-parser'
import { shownText } from '../model/shown-text.ts'

/** Where a text is not valid JSON, and what was expected there. */
export interface JsonMistake {
  readonly _tag: 'JsonMistake'
  /** Place and problem, in one line. */
  readonly message: string
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number
  /** What is wrong there, for people. */
  readonly problem: string
}

/** What JSON wants where the parser found something else, by the parser's word for it. */
const expectations: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a value, or a field name in double quotes',
  InvalidNumberFormat: 'a number',
  PropertyNameExpected: 'a field name in double quotes',
  ValueExpected: 'a value',
  ColonExpected: '":"',
  CommaExpected: '","',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'nothing more',
  InvalidCommentToken: 'no comment',
  UnexpectedEndOfComment: 'no comment',
  UnexpectedEndOfString: 'a text that ends with a double quote on its line',
  UnexpectedEndOfNumber: 'a number',
  InvalidUnicode: 'four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'one of "\\/bfnrtu after a backslash',
  InvalidCharacter: 'no control character',
}

/** As deep as no file of ours is, and no more than the parser can go. */
const MAX_DEPTH = 200

/** Ends a visit early: the parser goes into what it has begun, however deep that is. */
class TooDeep extends Error {}

/**
 * Where a text stops being JSON, or is JSON that programs read in different ways: of a name that stands twice in one
 * object, `JSON.parse` takes the last, and what was said under the first is gone. Undefined where nothing is wrong.
 * `JSON.parse` says where a text is no JSON too, but its messages differ between versions of Node, often lack the
 * position, and quote the text around it, which may be a secret.
 */
export const jsonMistake = (text: string): JsonMistake | undefined => {
  let mistake: JsonMistake | undefined
  const found = (problem: string, line: number, column: number) => {
    const place = `line ${line + 1}, column ${column + 1}`
    mistake ??= { _tag: 'JsonMistake', line: line + 1, column: column + 1, problem, message: `${place}: ${problem}` }
  }
  /** The names of every object that is open; undefined for a list. */
  const open: (Set<string> | undefined)[] = []
  const begin = (names: Set<string> | undefined, line: number, column: number) => {
    open.push(names)
    if (open.length <= MAX_DEPTH) return
    found(`expected at most ${MAX_DEPTH} levels of objects and lists`, line, column)
    throw new TooDeep()
  }
  const end = () => void open.pop()
  const visitor: JSONVisitor = {
    onError: (code, _offset, _length, line, column) =>
      found(`not valid JSON: expected ${expectations[printParseErrorCode(code)] ?? 'JSON'}`, line, column),
    onObjectBegin: (_offset, _length, line, column) => begin(new Set(), line, column),
    onObjectProperty: (name, _offset, _length, line, column) => {
      const names = open.at(-1)
      if (names?.has(name)) {
        found(`expected each name once in an object, found ${shownText(name)} again; keep one of them`, line, column)
      }
      names?.add(name)
    },
    onObjectEnd: end,
    onArrayBegin: (_offset, _length, line, column) => begin(undefined, line, column),
    onArrayEnd: end,
  }
  try {
    visit(text, visitor, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
  }
  return mistake
}

/** Reads a text as JSON, strictly: what {@link JsonMistake} names is the `Left`. */
export const parseJson = (text: string): E.Either<JsonMistake, unknown> => {
  const mistake = jsonMistake(text)
  return mistake === undefined ? E.right(JSON.parse(text)) : E.left(mistake)
}
