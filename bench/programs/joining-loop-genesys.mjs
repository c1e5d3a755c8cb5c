// The bare loop of Genesys Cloud that does the rest of the work, too: it joins both lists, and prints a line for every user as
// `seatlens users --format ndjson` does. Without checks, retries or a ledger. The second argument: how many users there must be.
import { licensesAt, peopleAt, signedIn } from './genesys-get.mjs'

const get = await signedIn(JSON.parse(process.argv[2]))

const people = new Map()
/** Rows whose people are not known yet. */
let waiting = []
let unread
let count = 0

const textIn = (value) => value?.name ?? value?.id ?? value ?? null
const keep = ({ id, state, name, email, department, division, manager, dateLastLogin, lastTokenIssued }) => {
  const token = lastTokenIssued?.dateIssued
  const activity = [
    ...(dateLastLogin === undefined ? [] : [{ at: dateLastLogin, source: 'dateLastLogin', covers: 'some' }]),
    ...(token === undefined ? [] : [{ at: token, source: 'lastTokenIssued' }]),
  ]
  people.set(id, {
    status: state,
    displayName: name,
    email,
    department: textIn(department),
    division: textIn(division),
    manager: textIn(manager),
    ...(activity.length === 0 ? {} : { lastActiveAt: activity.at(-1).at, activity }),
  })
}
const print = (rows) => {
  count += rows.length
  const lines = rows.map(({ id, licenses }) =>
    JSON.stringify({
      provider: 'genesys',
      id,
      kind: 'internal',
      status: 'unknown',
      ...people.get(id),
      licenseIds: licenses.map(textIn),
      pendingLicenseIds: [],
    }),
  )
  process.stdout.write(`${lines.join('\n')}\n`)
}
const lists = [
  {
    pathOf: peopleAt,
    take: ({ entities }) => {
      entities.forEach(keep)
      unread--
    },
  },
  {
    pathOf: licensesAt,
    take: ({ entities }) => {
      waiting.push(...entities)
      if (unread > 0) return
      print(waiting)
      waiting = []
    },
  },
]

const firsts = await Promise.all(lists.map(({ pathOf }) => get(pathOf(1))))
unread = firsts[0].pageCount
firsts.forEach((page, list) => {
  lists[list].take(page)
})
const asked = firsts.flatMap(({ pageCount }, list) =>
  Array.from({ length: pageCount - 1 }, (_, index) => [lists[list], index + 2]),
)
let next = 0
await Promise.all(
  Array.from({ length: 8 }, async () => {
    while (next < asked.length) {
      const [{ pathOf, take }, page] = asked[next++]
      take(await get(pathOf(page)))
    }
  }),
)
if (waiting.length > 0) print(waiting)
if (count !== Number(process.argv[3])) throw new Error(`${count} users in place of ${process.argv[3]}`)
