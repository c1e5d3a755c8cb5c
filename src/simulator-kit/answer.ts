import { writeExactly } from '../provider-kit/values.ts'

/** What a simulator answers. Header names are lower-case. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** An answer with a JSON body. A `bigint` in it is written as a number with all of its digits. */
export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: writeExactly(value),
})

/** The same answer with more headers; those that it has already stay as they are. */
export const withDefaultHeaders = (answer: Answer, headers: Readonly<Record<string, string>>): Answer => ({
  ...answer,
  headers: { ...headers, ...answer.headers },
})
