import type { Answer, FaultEffect, SimulatedRequest } from '../../src/simulator-kit/index.ts'
import type { LinkedPageFault, Unseen } from './schedule.ts'

export interface Row {
  readonly id: string
}

/** How the lists of one route look on the wire. */
export interface LinkedLists {
  /** All rows of the list that is asked for, before anything changes. */
  readonly rowsOf: (request: SimulatedRequest) => readonly Row[]
  /** Where the rows are in an answer. */
  readonly field: 'users' | 'items'
  /** The parameter with the page size. */
  readonly sizeParameter: 'limit' | 'max'
  readonly joiner: Row
  readonly pick: number
  readonly trapUrl: string
}

type Body = Readonly<Record<string, unknown>>

/** The rows of a list after it has changed; the same ones where it does not change. */
export const linkedRowsAfter = (
  kind: LinkedPageFault | Unseen,
  before: readonly Row[],
  joiner: Row,
): readonly Row[] => {
  switch (kind) {
    case 'joinsAtFront':
      return [joiner, ...before]
    case 'joinsAtEnd':
      return [...before, joiner]
    case 'lastLeaves':
      return before.slice(0, -1)
    case 'leavesWithoutTotal':
      return before.slice(1)
    case 'equalExchange':
      return [...before.slice(1), joiner]
    default:
      return before
  }
}

const undecodables = [{ id: { nobody: true } }, { id: '' }, { id: ' ' }, { id: null }, null]

/** Said where the next page is, in a way that hides nothing. */
const harmless = (next: string): readonly string[] => [
  `<${next}>; rel=next`,
  `<${next}>; rel="next last"`,
  `<${next}>; rel="NEXT"`,
  `<${next}>; title="one, two; three"; rel="next"`,
  `<${next}>; rel="first", <${next}>; rel="next", <${next}>; rel="last"`,
  `<${next}>; rel='next'`,
  `<${next}>; rel='prev next'`,
  `<${next}>; rel*=UTF-8''next`,
  `<${next}>; rel="http://www.iana.org/assignments/relation/next"`,
]

/** Looks like a next page, and is none that is understood. */
const puzzling = (next: string): readonly string[] => [
  `<${next}>; rel="next-page"`,
  `<${next}>; rel=“next”`,
  `<${next}>; rel="prev"; rel="next"`,
  `<${next}>; relation=next`,
  `<${next}>; rel="next", <${next}&other=1>; rel="next"`,
]

const relative = (next: string): readonly string[] => {
  const { pathname, search } = new URL(next)
  return [`<${pathname}${search}>; rel="next"`, `<${search}>; rel="next"`]
}

const garbage = ['garbage', '<<>>', 'rel="next"', '<http://[>; rel="next"', ',', 'http://127.0.0.1/v1; rel="next"']

const foreign = (trapUrl: string, next: string): readonly string[] => {
  const { host, pathname } = new URL(trapUrl)
  return [
    `<${next}&orgId=b0000000-0000-4000-8000-00000000000b>; rel="next"`,
    `<${next.replace(/\/v1\/[^?]*/, '/v1/organizations')}>; rel="next"`,
    `<${trapUrl}>; rel="next"`,
    `<//${host}${pathname}>; rel="next"`,
    `<http://127.0.0.1@${host}/v1/licenses>; rel="next"`,
  ]
}

const linkFor = (
  kind: LinkedPageFault | Unseen,
  next: string,
  request: string,
  { pick, trapUrl }: LinkedLists,
): string => {
  const among = (links: readonly string[]) => links[pick % links.length] ?? ''
  switch (kind) {
    case 'linkRepeats':
      return `<${request}>; rel="next"`
    case 'linkRelative':
      return among(relative(next))
    case 'linkAmongOthers':
      return among(harmless(next))
    case 'linkWithPunctuation':
      return `<${next}&note=a,b;c>; rel="next"`
    case 'linkEmpty':
      return '<>; rel="next"'
    case 'linkGarbage':
      return among(garbage)
    case 'linkForeign':
      return among(foreign(trapUrl, next))
    case 'linkNotUnderstood':
      return among(puzzling(next))
    default:
      return `<${next}>; rel="next"`
  }
}

const rowsFor = (
  kind: LinkedPageFault | Unseen,
  rows: readonly Row[],
  lists: LinkedLists,
  request: SimulatedRequest,
  isLast: boolean,
): readonly unknown[] => {
  const before = lists.rowsOf(request)
  const size = Number(request.query.get(lists.sizeParameter))
  const undecodable = undecodables[lists.pick % undecodables.length]
  // The vendor's cursors are its own business; where a page is in the list can be seen from its rows.
  const from = rows.length === 0 ? before.length : before.findIndex(({ id }) => id === rows[0]?.id)
  switch (kind) {
    case 'joinsAtFront':
    case 'joinsAtEnd':
    case 'lastLeaves':
    case 'leavesWithoutTotal':
    case 'equalExchange':
      return linkedRowsAfter(kind, before, lists.joiner).slice(from, isLast ? undefined : from + size)
    case 'repeatsPage':
      return from === 0 ? rows : before.slice(Math.max(0, from - size), from)
    case 'emptyPage':
      return []
    case 'undecodableInPlace':
      return [undecodable, ...rows.slice(1)]
    case 'undecodableToo':
      return [...rows, undecodable]
    default:
      return rows
  }
}

/** A body that is no page, though it came with 200. Only a further page must have its list: nobody may hold a license. */
const noList = ({ field, pick }: LinkedLists, body: Body, isFurther: boolean): unknown => {
  const values: readonly unknown[] = [
    { message: 'Service degraded', errors: [{ description: 'x' }], trackingId: 'ROUTER_1' },
    { ...body, [field]: undefined, message: 'Service degraded' },
    {},
    [],
    null,
    ...(isFurther
      ? [
          { ...body, [field]: undefined },
          { ...body, [field]: null },
        ]
      : []),
  ]
  return values[pick % values.length]
}

/** What a simulator does to a page of a list that is walked by `Link` headers. */
export const webexPageEffect = (kind: LinkedPageFault | Unseen, lists: LinkedLists): FaultEffect => {
  let strike = 0
  return {
    kind: 'rewrite',
    rewrite: (answer: Answer, request: SimulatedRequest) => {
      if (answer.status !== 200) return answer
      strike += 1
      const { link: given, ...headers } = answer.headers
      const next = /<([^>]*)>; rel="next"/.exec(given ?? '')?.[1]
      const body: Body = JSON.parse(answer.body)
      const found = body[lists.field]
      // A further page of a license that nobody holds has no list, and so is none.
      if (kind === 'emptyPage' && !Array.isArray(found)) return answer
      const rows = rowsFor(kind, Array.isArray(found) ? found : [], lists, request, next === undefined)
      const itself = `http://${request.header('host')}${request.path}?${request.query}`
      const link =
        kind === 'emptyPage'
          ? // The rows come on the page after it.
            { link: `<${itself}&again=${strike}>; rel="next"` }
          : next === undefined
            ? {}
            : { link: linkFor(kind, next, itself, lists) }
      const isFurther = request.query.has('next') || request.query.has('after')
      const page = kind === 'rowsOfNoList' ? noList(lists, body, isFurther) : { ...body, [lists.field]: rows }
      return { ...answer, headers: { ...headers, ...link }, body: JSON.stringify(page) }
    },
  }
}
