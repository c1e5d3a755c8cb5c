/** A JSON object, of which nothing is known. */
export type JsonRecord = Readonly<Record<string, unknown>>

export interface Reply {
  readonly status: number
  readonly headers: Headers
  /** An object or a list. */
  readonly body: JsonRecord
}

const isRecord = (value: unknown): value is JsonRecord => typeof value === 'object' && value !== null

/** The value, which the test fails without. */
export const recordOf = (value: unknown): JsonRecord => {
  if (!isRecord(value)) throw new TypeError(`expected an object, found ${JSON.stringify(value)}`)
  return value
}

export const recordsOf = (value: unknown): readonly JsonRecord[] => {
  if (!Array.isArray(value)) throw new TypeError(`expected a list, found ${JSON.stringify(value)}`)
  return value.map(recordOf)
}

export const idsOf = (value: unknown): readonly unknown[] => recordsOf(value).map(({ id }) => id)

export const send = async (url: string, init: RequestInit = {}): Promise<Reply> => {
  const response = await fetch(url, init)
  return { status: response.status, headers: response.headers, body: recordOf(await response.json()) }
}
