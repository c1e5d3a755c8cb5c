import { element } from './element.js'

/** @import { AccountData, PageData, PersonData } from '../page-data.ts' */

/** More are folded away. */
const LICENSES_AT_FIRST = 12

/** @param {string} text */
const isolated = (text) => element('bdi', {}, [text])

/** @param {string} heading @param {string} className @param {readonly (Node | string)[]} content */
const cell = (heading, className, content) =>
  element('td', { role: 'cell', class: className, 'data-heading': heading }, content)

/** @param {readonly Node[]} names */
const joined = (names) => names.flatMap((name, index) => (index === 0 ? [name] : [' · ', name]))

/** @param {PageData} data @param {PersonData} person */
const personCell = ({ departments }, [name, email, department, , , accounts]) => {
  const external = accounts.some((account) => account[2] === 1)
  const details = [email, departments[department] ?? ''].filter((text) => text !== '')
  return element('th', { role: 'rowheader', scope: 'row' }, [
    element('span', { class: 'person' }, [isolated(name)]),
    ...(external ? [' ', element('span', { class: 'tag' }, ['external'])] : []),
    ...details.map((text) => element('small', {}, [isolated(text)])),
  ])
}

/** @param {PageData} data @param {AccountData} account */
const licenseNames = ({ licenses }, [, , , held, pending]) => {
  const names = [
    ...held.map((license) => isolated(licenses[license]?.[1] ?? '')),
    ...pending.map((license) =>
      element('span', {}, [
        isolated(licenses[license]?.[1] ?? ''),
        element('span', { class: 'muted' }, [' (pending)']),
      ]),
    ),
  ]
  if (names.length === 0) return [element('span', { class: 'muted' }, ['none'])]
  if (names.length <= LICENSES_AT_FIRST) return joined(names)
  const others = element('details', {}, [
    element('summary', {}, [`${names.length - LICENSES_AT_FIRST} more`]),
    ...joined(names.slice(LICENSES_AT_FIRST)),
  ])
  return [...joined(names.slice(0, LICENSES_AT_FIRST)), others]
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
 */
export const personRow = (data, person, columns, rowIndex) => {
  const [, , , cost, lastActiveAt, accounts] = person
  const providers = [...new Set(accounts.map(([provider]) => provider))].map((place) =>
    isolated(data.providers[place] ?? ''),
  )
  const active =
    lastActiveAt === ''
      ? element('span', { class: 'muted' }, ['not told'])
      : element('time', { datetime: lastActiveAt }, [lastActiveAt.slice(0, 10)])
  return element('tr', { role: 'row', 'aria-rowindex': String(rowIndex), tabindex: '-1' }, [
    personCell(data, person),
    cell('Provider', '', [element('span', {}, joined(providers))]),
    cell(
      'Licenses',
      'held',
      accountLines(data, accounts, (account) => licenseNames(data, account)),
    ),
    cell('Status', '', statusLines(data, accounts)),
    ...(columns.has('active') ? [cell('Last active', 'date', [active])] : []),
    ...(columns.has('cost')
      ? [cell('Cost a month', 'number', [element('span', {}, [data.costs[cost]?.[0] ?? '–'])])]
      : []),
  ])
}
