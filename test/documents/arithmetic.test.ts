import { describe, expect, it } from 'vitest'
import { read } from './documents.ts'

const NUMBER = /\d[\d,]*(?:\.\d+)?/
const EXPRESSION = new RegExp(`(${NUMBER.source}(?: [×/+-] ${NUMBER.source})+) = (${NUMBER.source})`, 'g')

const numberOf = (text: string): number => Number(text.replaceAll(',', ''))

/** From left to right, as the page has no sum of products. */
const resultOf = (expression: string): number => {
  const [first = '', ...rest] = expression.split(' ')
  let result = numberOf(first)
  for (let at = 0; at < rest.length; at += 2) {
    const [operator, operand] = [rest[at], numberOf(rest[at + 1] ?? '')]
    if (operator === '×') result *= operand
    else if (operator === '/') result /= operand
    else result += operator === '-' ? -operand : operand
  }
  return result
}

describe('the page on scale', () => {
  const expressions = [...read('docs/scale.md').replaceAll('\n', ' ').matchAll(EXPRESSION)]

  it('shows its arithmetic', () => {
    expect(expressions.length).toBeGreaterThan(25)
  })

  it.each(expressions.map(([, expression = '', result = '']) => [expression, result]))(
    '%s = %s',
    (expression, result) => {
      const digits = result.split('.')[1]?.length ?? 0
      expect(resultOf(expression).toFixed(digits)).toBe(numberOf(result).toFixed(digits))
    },
  )
})
