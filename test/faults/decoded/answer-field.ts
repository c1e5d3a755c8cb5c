import type { Answer, FaultMatch } from '../../../src/simulator-kit/index.ts'

/** One field of an answer that is no record: of a page, an error, a token, or a header. */
export interface AnswerField {
  readonly name: string
  /** Which answers have it. */
  readonly match: FaultMatch
  /** The answer with the value in that field; undefined where no answer can have it there. */
  readonly rewrite: (answer: Answer, value: unknown) => Answer | undefined
  /** Whether the value says something else that may well be so, such as an empty list that nobody is in. */
  readonly mayBeSo?: (value: unknown) => boolean
}

export const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** A list that may be empty, and nobody can tell. */
export const ofList = (field: AnswerField, mayBeSo = isEmptyList): AnswerField => ({ ...field, mayBeSo })

type Body = Readonly<Record<string, unknown>>

/** `errors[].description` of a body: `{ errors: [{ description: … }] }`, beside what is there. */
const put = (body: Body, [name = '', ...rest]: readonly string[], value: unknown): Body => {
  const field = name.replace('[]', '')
  const inner = rest.length === 0 ? value : put({}, rest, value)
  return { ...body, [field]: name.endsWith('[]') ? [inner] : inner }
}

/** A field of the body of good answers. */
export const inBody = (codec: string, field: string, match: FaultMatch): AnswerField => ({
  name: `${codec}.${field}`,
  match,
  rewrite: (answer, value) =>
    answer.status === 200
      ? { ...answer, body: JSON.stringify(put(JSON.parse(answer.body), field.split('.'), value)) }
      : answer,
})

/** All of a good answer. */
export const asBody = (codec: string, match: FaultMatch): AnswerField => ({
  name: codec,
  match,
  rewrite: (answer, value) => (answer.status === 200 ? { ...answer, body: JSON.stringify(value) } : answer),
})

const JSON_TYPE = { 'content-type': 'application/json' }

/** A field of the body of an error. */
export const inError = (codec: string, field: string, status: number, match: FaultMatch): AnswerField => ({
  name: `${codec}.${field} of a ${status}`,
  match,
  rewrite: (_, value) => ({ status, headers: JSON_TYPE, body: JSON.stringify(put({}, field.split('.'), value)) }),
})

/** What a header may have of it, byte by byte; undefined for what ends it. */
const headerText = (value: unknown): string | undefined => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /(?!\t)\p{Cc}/u.test(text) ? undefined : Buffer.from(text).toString('latin1')
}

/** A header. `status`: of an error that has it; absent: good answers do. */
export const inHeader = (name: string, match: FaultMatch, status?: number): AnswerField => ({
  name: `${name}${status === undefined ? '' : ` of a ${status}`}`,
  match,
  rewrite: (answer, value) => {
    const text = headerText(value)
    if (text === undefined) return undefined
    return status === undefined
      ? { ...answer, headers: { ...answer.headers, [name]: text } }
      : { status, headers: { ...JSON_TYPE, [name]: text }, body: '{"message":"no"}' }
  },
})

/** The link to the next page among others, which have the value in them. */
export const inLink = (match: FaultMatch): AnswerField => ({
  name: `link of ${match.path}`,
  match,
  rewrite: (answer, value) => {
    const text = headerText(value)
    if (text === undefined) return undefined
    const { link, ...headers } = answer.headers
    const other = `<https://example.com/${text}>; rel="prev"; title="${text}"`
    return { ...answer, headers: { ...headers, link: link === undefined ? other : `${other}, ${link}` } }
  },
})
