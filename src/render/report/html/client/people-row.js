import { element } from './element.js'
import { timeElement } from './times.js'

/** @import { AccountData, PageData, PersonData } from '../page-data.ts' */

/** More are folded away on a screen. */
export const LICENSES_AT_FIRST = 12

/** @param {string} text */
const isolated = (text) => element('bdi', {}, [text])

/**
 * Where an address does not fit, its line ends before the domain rather than within a word.
 * @param {string} text
 */
const breakable = (text) =>
  element(
    'bdi',
    {},
    text.split(/(?=@)/).flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part])),
  )

/** @param {string} heading @param {string} className @param {readonly (Node | string)[]} content */
const cell = (heading, className, content) =>
  element('td', { role: 'cell', class: className, 'data-heading': heading }, content)

/** @param {readonly Node[]} names */
const joined = (names) => names.flatMap((name, index) => (index === 0 ? [name] : [' · ', name]))

/** @param {string} text @param {string | undefined} reason */
const muted = (text, reason = undefined) =>
  element('span', { class: 'muted', ...(reason === undefined ? {} : { title: reason }) }, [text])

/**
 * Made only when the user unfolds it: a person may hold thousands of licenses.
 * @param {string} title
 * @param {() => readonly (Node | string)[]} contentOf
 */
const unfolding = (title, contentOf) => {
  const details = element('details', {}, [element('summary', {}, [title])])
  details.addEventListener('toggle', () => details.append(...contentOf()), { once: true })
  return details
}

/** @param {PageData} data @param {PersonData} person */
const personCell = ({ departments }, [name, email, department, , , accounts, facts]) => {
  const external = accounts.some((account) => account[2] === 1)
  const details = [email, departments[department] ?? '', facts].filter((text) => text !== '')
  return element('th', { role: 'rowheader', scope: 'row' }, [
    element('span', { class: 'person' }, [isolated(name)]),
    ...(external ? [' ', element('span', { class: 'tag' }, ['external'])] : []),
    ...details.map((text) => element('small', {}, [breakable(text)])),
  ])
}

/** @param {readonly string[]} parts */
const amounts = (parts) =>
  parts.flatMap((part, index) => [...(index === 0 ? [] : [' ']), element('span', { class: 'amount' }, [part])])

/**
 * What costs nothing is folded away, and so are licenses beyond the first.
 * @param {PageData} data
 * @param {AccountData} account
 * @param {number} shown
 */
const licenseNames = ({ licenses, gaps }, [, , , held, pending, gap], shown) => {
  /** @param {number} license */
  const isFree = (license) => shown !== Number.POSITIVE_INFINITY && licenses[license]?.[3] === 1
  /** @param {number} license */
  const heldName = (license) => isolated(licenses[license]?.[1] ?? '')
  /** @param {number} license */
  const pendingName = (license) => element('span', {}, [heldName(license), muted(' (pending)')])
  /** @param {boolean} free */
  const namesOf = (free) => [
    ...held.filter((license) => isFree(license) === free).map((license) => () => heldName(license)),
    ...pending.filter((license) => isFree(license) === free).map((license) => () => pendingName(license)),
  ]
  /** @param {readonly (() => Node)[]} some */
  const made = (some) => joined(some.map((make) => make()))
  const reason = gaps[gap]
  const [names, free] = [namesOf(false), namesOf(true)]
  if (names.length + free.length === 0)
    return [muted(reason === undefined ? 'none' : 'none that could be read', reason)]
  return [
    ...made(names.slice(0, shown)),
    ...(names.length > shown ? [unfolding(`${names.length - shown} more`, () => made(names.slice(shown)))] : []),
    ...(free.length > 0 ? [unfolding(`${free.length} free`, () => made(free))] : []),
    ...(reason === undefined ? [] : [' ', muted('and maybe more', reason)]),
  ]
}

/**
 * What accounts have: once where they agree, otherwise one line for each, with the provider's name.
 * @param {PageData} data
 * @param {readonly AccountData[]} accounts
 * @param {(account: AccountData) => readonly (Node | string)[]} contentOf
 */
const accountLines = ({ providers }, accounts, contentOf) =>
  accounts.map((account) =>
    element('div', { class: 'line' }, [
      ...(accounts.length > 1
        ? [element('span', { class: 'muted' }, [isolated(providers[account[0]] ?? ''), ': '])]
        : []),
      ...contentOf(account),
    ]),
  )

/** @param {PageData} data @param {readonly AccountData[]} accounts */
const statusLines = (data, accounts) => {
  const agree = accounts.every((account) => account[1] === accounts[0]?.[1])
  return accountLines(data, agree ? accounts.slice(0, 1) : accounts, ([, status]) => {
    const text = data.statuses[status] ?? ''
    return [element('span', { class: `status user-${text}` }, [text])]
  })
}

/**
 * @param {PageData} data
 * @param {PersonData} person
 * @param {ReadonlySet<string>} columns
 * @param {number} rowIndex the header being 1
 * @param {number} licenses how many of an account are shown at once
 */
export const personRow = (data, person, columns, rowIndex, licenses) => {
  const [, , , cost, lastActiveAt, accounts, , activity] = person
  const providers = [...new Set(accounts.map(([provider]) => provider))].map((place) =>
    isolated(data.providers[place] ?? ''),
  )
  const active =
    lastActiveAt === ''
      ? element('span', { class: 'muted' }, ['unknown'])
      : timeElement(typeof lastActiveAt === 'number' ? new Date(lastActiveAt).toISOString() : lastActiveAt)
  return element('tr', { role: 'row', 'aria-rowindex': String(rowIndex), tabindex: '-1' }, [
    personCell(data, person),
    cell('Provider', '', [element('span', {}, joined(providers))]),
    cell(
      'Licenses',
      'held',
      accountLines(data, accounts, (account) => licenseNames(data, account, licenses)),
    ),
    cell('Status', '', statusLines(data, accounts)),
    ...(columns.has('active')
      ? [cell('Last active', 'date', [active, ...(activity === '' ? [] : [element('small', {}, [activity])])])]
      : []),
    ...(columns.has('cost')
      ? [cell('Cost per month', 'number', [element('span', {}, amounts(data.costs[cost]?.[0] ?? ['–']))])]
      : []),
  ])
}
