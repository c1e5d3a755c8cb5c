import type { LicensedUser } from 'seatlens'
import type { UsersProgress } from '../../shared/api.ts'
import { Refused } from '../api.ts'
import { button, type Column, fill, foreign, h, labelled, on, rowOf, table } from '../dom.ts'
import { hashOf, type View } from '../place.ts'
import { failureText, notice, numberText, quantity, time } from '../words.ts'

/** More rows help no reader, and make the page slow. */
const MOST_ROWS = 200

const textOf = ({ displayName = '', email = '', department, provider, status }: LicensedUser): string =>
  `${displayName} ${email} ${department ?? ''} ${provider} ${status}`.toLowerCase()

const columnsFor = (tenant: string): readonly Column<LicensedUser>[] => [
  { title: 'Name', cell: ({ displayName, id }) => foreign(displayName ?? id) },
  {
    title: 'E-mail',
    cell: ({ email }) =>
      email === undefined ? 'unknown' : h('a', { href: hashOf(tenant, 'person', '', { email }) }, foreign(email)),
  },
  { title: 'Provider', cell: ({ provider }) => provider },
  { title: 'Department', cell: ({ department }) => foreign(department ?? (department === null ? '–' : 'unknown')) },
  { title: 'Status', cell: ({ status }) => status },
  {
    title: 'Licenses',
    isNumber: true,
    cell: ({ licenseIds, pendingLicenseIds }) => licenseIds.length + pendingLicenseIds.length,
  },
  { title: 'Last active', cell: ({ lastActiveAt }) => (lastActiveAt === undefined ? 'unknown' : time(lastActiveAt)) },
]

export const showUsers: View = async ({ root, api, tenant, signal }) => {
  const users: LicensedUser[] = []
  const progress = new Map<string, UsersProgress>()
  const failures = h('div')
  const counter = h('p', { class: 'counter' })
  const meter = h('progress', { 'aria-label': 'Users read' })
  const ending = h('div')
  const filter = h('input', { type: 'search', autocomplete: 'off', placeholder: 'Name, address, department …' })
  const columns = columnsFor(tenant.id)
  const { element, body } = table(`Users of ${tenant.name}`, columns, [])
  const stopping = new AbortController()
  const stop = button('Stop', () => stopping.abort(), { kind: 'stop' })

  let found = 0
  const matches = (user: LicensedUser): boolean => textOf(user).includes(filter.value.trim().toLowerCase())
  const addRows = (some: readonly LicensedUser[]): void => {
    const matching = some.filter(matches)
    found += matching.length
    const room = Math.max(0, MOST_ROWS - body.rows.length)
    body.append(...matching.slice(0, room).map((user) => rowOf(columns, user)))
  }
  const tell = (): void => {
    const lists = [...progress.values()]
    const sumOf = (numberOf: (list: UsersProgress) => number): number =>
      lists.reduce((sum, list) => sum + numberOf(list), 0)
    const expected = sumOf(({ expectedPages = Number.NaN }) => expectedPages)
    const pages = sumOf((list) => list.pages)
    // A provider that must read all licenses before it can tell of a user says how many it has found.
    const coming = sumOf((list) => list.users) - users.length
    const parts = [
      `${quantity(users.length, 'user')} read`,
      coming > 0 && `${numberText(coming)} more found`,
      pages > 0 && (expected > 0 ? `page ${numberText(pages)} of ${numberText(expected)}` : quantity(pages, 'page')),
      filter.value.trim() !== '' && `${quantity(found, 'match', 'matches')}`,
      found > body.rows.length && `the first ${MOST_ROWS} are shown; use the filter to find others`,
    ]
    fill(counter, parts.filter((part) => part !== false).join(', '), '.')
    if (expected > 0) {
      meter.max = expected
      meter.value = pages
    } else {
      meter.removeAttribute('value')
    }
  }
  on(filter, {
    input: () => {
      found = 0
      body.replaceChildren()
      addRows(users)
      tell()
    },
  })
  fill(
    root,
    h(
      'div',
      { class: 'bar-of-actions' },
      labelled('Filter', filter),
      h('div', { class: 'reading' }, meter, counter, stop),
    ),
    failures,
    ending,
    element,
  )
  tell()

  // A screen is drawn 60 times a second at most, and a large organization sends many more lines.
  let fresh: LicensedUser[] = []
  let isDrawing = false
  const draw = (): void => {
    isDrawing = false
    addRows(fresh)
    fresh = []
    tell()
  }
  const drawSoon = (): void => {
    if (!isDrawing) requestAnimationFrame(draw)
    isDrawing = true
  }

  let ended: HTMLElement = notice('warm', 'Partial: the server has ended the list early. Load the page again.')
  let failed = 0
  try {
    for await (const line of api.users(stopping.signal)) {
      if ('user' in line) {
        users.push(line.user)
        fresh.push(line.user)
      } else if ('progress' in line) {
        progress.set(line.progress.provider, line.progress)
      } else if ('failure' in line) {
        failed++
        failures.append(notice('bad', failureText(line.failure)))
      } else if (line.done.complete) {
        ended = notice('good', `Complete: ${quantity(line.done.users, 'user')}.`)
      } else {
        const why = failed > 0 ? 'See above what could not be read.' : 'A list changed, or has gaps.'
        ended = notice('warm', `Partial: ${quantity(line.done.users, 'user')} could be read, there may be more. ${why}`)
      }
      drawSoon()
    }
  } catch (error) {
    if (signal.aborted) return
    if (error instanceof Refused) throw error
    const why = stopping.signal.aborted ? 'stopped by you' : 'the connection to the server was lost'
    ended = notice('warm', `Partial: ${why} after ${quantity(users.length, 'user')}.`)
  } finally {
    draw()
    meter.remove()
    stop.remove()
  }
  fill(ending, ended)
}
