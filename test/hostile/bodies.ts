/** Bodies that no vendor should send, piece by piece: none of them is ever whole in the memory of who sends it. */
export type Body = () => Generator<string>

export const MILLION = 1_000_000

function* repeated(text: string, times: number): Generator<string> {
  const PIECE = 1_000
  for (let sent = 0; sent < times; sent += PIECE) yield text.repeat(Math.min(PIECE, times - sent))
}

function* numbered(from: number, to: number, record: (number: number) => string): Generator<string> {
  const PIECE = 1_000
  for (let sent = from; sent < to; sent += PIECE) {
    const numbers = Array.from({ length: Math.min(PIECE, to - sent) }, (_, index) => sent + index)
    yield numbers.map((number) => `${number === 0 ? '' : ','}${record(number)}`).join('')
  }
}

/** Where a vendor has its records: as the only page of a list. */
export type Wrap = (records: Body) => Body

const wrapIn =
  (head: string): Wrap =>
  (records) =>
    function* () {
      yield head
      yield* records()
      yield ']}'
    }

export const genesysPage = wrapIn('{"pageSize":500,"pageNumber":1,"pageCount":1,"entities":[')
export const webexPage = wrapIn('{"id":"l","users":[')

export const ofBytes = (bytes: number): Body =>
  function* () {
    yield '{"entities":["'
    yield* repeated('x'.repeat(1_000), bytes / 1_000)
    yield '"]}'
  }

export const records =
  (count: number, record: (number: number) => string): Body =>
  () =>
    numbered(0, count, record)

/** Arrays in arrays, around nothing. */
export const nested = (levels: number): Body =>
  function* () {
    yield* repeated('[', levels)
    yield* repeated(']', levels)
  }

/** Objects in objects, each the `id` of the next. */
export const nestedObjects = (levels: number): Body =>
  function* () {
    yield* repeated('{"id":', levels)
    yield '1'
    yield* repeated('}', levels)
  }

export const around = (head: string, body: Body, tail: string): Body =>
  function* () {
    yield head
    yield* body()
    yield tail
  }
