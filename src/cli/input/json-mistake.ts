import { type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser'

export interface JsonMistake {
  /** From 1. */
  readonly line: number
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number
  readonly expected: string
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

/**
 * Where a text stops being JSON, or undefined where it is JSON. `JSON.parse` says so too, but its messages differ between
 * versions of Node, often lack the position, and quote the text around it, which may be a secret.
 */
export const jsonMistake = (text: string): JsonMistake | undefined => {
  let mistake: JsonMistake | undefined
  const onError = (code: ParseErrorCode, _offset: number, _length: number, line: number, column: number) => {
    mistake ??= { line: line + 1, column: column + 1, expected: expectations[printParseErrorCode(code)] ?? 'JSON' }
  }
  visit(text, { onError }, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  return mistake
}
