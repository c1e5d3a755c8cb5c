/**
 * The script of the page: the modules of `client/` as one. Made from them by `npm run client-script`; no file has to be
 * read to make a page, so that a browser can.
 */
export const clientScript = `const readPageData = () => JSON.parse(document.getElementById('data')?.textContent ?? '')

const element = (tag, attributes = {}, children = []) => {
  const made = document.createElement(tag)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}

const find = (selector, kind, parent = document) => {
  const found = parent.querySelector(selector)
  if (!(found instanceof kind)) throw new Error(\`There is no \${selector}.\`)
  return found
}

const decimal = new Intl.NumberFormat('en-US')

const numberText = (value) => decimal.format(value)

const MARKS = /\\p{M}/gu
const PLAIN = /^[ -~\\n]*$/

const folded = (text) =>
  PLAIN.test(text) ? text.toLowerCase() : text.normalize('NFKD').replace(MARKS, '').toLowerCase()

const termsOf = (text) =>
  folded(text)
    .split(/\\s+/)
    .filter((term) => term !== '')

const ROWS_ON_PAPER = 1_000

const aroundPrinting = (toPaper, toScreen) => {
  let onPaper = false
  const change = (wanted) => {
    if (onPaper === wanted) return
    onPaper = wanted
    if (wanted) toPaper()
    else toScreen()
  }
  addEventListener('beforeprint', () => change(true))
  addEventListener('afterprint', () => change(false))
  matchMedia('print').addEventListener('change', ({ matches }) => change(matches))
}

const printedText = (filters, rows) => {
  const printed =
    rows > ROWS_ON_PAPER
      ? \`Only the first \${numberText(ROWS_ON_PAPER)} of \${numberText(rows)} are printed.\`
      : 'All rows are printed.'
  return [...filters, printed].join(' · ')
}

const WORTH_SEARCHING = 15

const groupOf = (details) => {
  const table = details.querySelector('table')
  if (!(details instanceof HTMLDetailsElement) || table === null) return []
  const rows = [...(table.tBodies[0]?.rows ?? [])].map((row) => ({
    row,
    text: folded(row.cells[0]?.textContent ?? ''),
  }))
  const more = element('button', { type: 'button', class: 'more' }, [\`Show all \${numberText(rows.length)} licenses\`])
  table.after(more)
  return [{ details, table, rows, more, whole: table.querySelector('.later') === null }]
}

const searchGroup = (group, terms) => {
  const isSearched = terms.length > 0
  const found = []
  for (const { row, text } of group.rows) {
    row.hidden = !terms.every((term) => text.includes(term))
    if (!row.hidden) found.push(row)
  }
  group.table.classList.toggle('whole', group.whole || isSearched)
  group.more.hidden = group.whole || isSearched
  group.details.hidden = isSearched && found.length === 0
  if (isSearched && found.length > 0) group.details.open = true
  return found
}

const describeSearch = (text, groups) => {
  if (termsOf(text).length === 0) return []
  const without = groups
    .filter(({ details }) => details.hidden)
    .map(({ details }) => details.querySelector('h3')?.textContent ?? '')
  return [\`Search: “\${text}”\`, ...(without.length === 0 ? [] : [\`none in \${without.join(', ')}\`])]
}

const startLicenseSearch = () => {
  const groups = [...document.querySelectorAll('#licenses details.group')].flatMap(groupOf)
  const total = groups.reduce((sum, { rows }) => sum + rows.length, 0)
  const label = find('#license-search', HTMLElement)
  const input = find('input', HTMLInputElement, label)
  const status = find('#license-matches', HTMLElement)
  const printText = find('#licenses-printed', HTMLElement)
  let found = []
  let closed = []

  const show = () => {
    const terms = termsOf(input.value)
    found = groups.flatMap((group) => searchGroup(group, terms))
    status.textContent = terms.length === 0 ? '' : \`\${numberText(found.length)} of \${numberText(total)} licenses match\`
  }

  const toPaper = () => {
    for (const row of found.slice(ROWS_ON_PAPER)) row.hidden = true
    closed = groups.map(({ details }) => details).filter(({ open }) => !open)
    for (const details of closed) details.open = true
    printText.textContent = printedText(describeSearch(input.value, groups), found.length)
    printText.hidden = total === 0
  }
  const toScreen = () => {
    for (const row of found.slice(ROWS_ON_PAPER)) row.hidden = false
    for (const details of closed) details.open = false
    printText.hidden = true
  }

  for (const group of groups) {
    group.more.addEventListener('click', () => {
      group.whole = true
      show()
    })
  }
  label.hidden = total < WORTH_SEARCHING
  input.addEventListener('input', show)
  aroundPrinting(toPaper, toScreen)
  show()
}

const AT_ONCE = 100

const itemOf = ([message, facts]) =>
  element('li', {}, [element('p', {}, [message]), element('p', { class: 'muted' }, [facts])])

const startList = ({ elementId, findings }) => {
  const list = find(\`#\${elementId}\`, HTMLElement)
  const more = element('button', { type: 'button', class: 'more' })
  const printed = element('p', { class: 'on-paper' })
  let shown = 0
  const showMore = () => {
    list.append(...findings.slice(shown, shown + AT_ONCE).map(itemOf))
    shown = Math.min(findings.length, shown + AT_ONCE)
    more.textContent = \`Show \${numberText(Math.min(AT_ONCE, findings.length - shown))} more of \${numberText(findings.length)}\`
    more.hidden = shown >= findings.length
    printed.textContent = \`Only the first \${numberText(shown)} of \${numberText(findings.length)} are printed.\`
    printed.hidden = more.hidden
  }
  more.addEventListener('click', showMore)
  list.after(more, printed)
  more.hidden = true
  printed.hidden = true
  list.closest('details')?.addEventListener('toggle', () => {
    if (shown === 0) showMore()
  })
}

const startFindingLists = (data) => {
  for (const list of data.findings) startList(list)
}

const placesWith = (texts, term) => new Set(texts.flatMap((text, place) => (text.includes(term) ? [place] : [])))

const licensedProviders = ([, , , , , accounts]) =>
  new Set(accounts.flatMap(([provider, , , licenses]) => (licenses.length > 0 ? [provider] : []))).size

const holds = ([, , , licenses, pending], license) =>
  license === 'any' ? licenses.length > 0 : licenses.includes(Number(license)) || pending.includes(Number(license))

const isOf = ([, accountStatus, external], status) =>
  status === 'external' ? external === 1 : accountStatus === Number(status)

const isSelected = (person, { provider, license, status }) => {
  if (provider === 'several' && licensedProviders(person) < 2) return false
  const ofProvider =
    provider === '' || provider === 'several' ? person[5] : person[5].filter(([place]) => place === Number(provider))
  if (license === 'none' && ofProvider.some((account) => holds(account, 'any'))) return false
  return ofProvider.some(
    (account) =>
      (license === '' || license === 'none' || holds(account, license)) && (status === '' || isOf(account, status)),
  )
}

const createPeopleFilter = ({ people, providers, licenses, departments }) => {
  let known
  // Only who searches needs them, and waits for them.
  const searchedTexts = () => {
    known ??= people.map(([name, email, , , , accounts]) =>
      folded([name, email, ...accounts.map((account) => account[5])].join('\\n')),
    )
    return known
  }
  const providerTexts = providers.map(folded)
  const licenseTexts = licenses.map(([, name]) => folded(name))
  const departmentTexts = departments.map(folded)

  const searchFor = (term) => {
    const texts = searchedTexts()
    const [inProviders, inLicenses, inDepartments] = [
      placesWith(providerTexts, term),
      placesWith(licenseTexts, term),
      placesWith(departmentTexts, term),
    ]
    return ([, , department, , , accounts], place) =>
      texts[place]?.includes(term) === true ||
      inDepartments.has(department) ||
      accounts.some(
        ([provider, , , held, pending]) =>
          inProviders.has(provider) ||
          held.some((license) => inLicenses.has(license)) ||
          pending.some((license) => inLicenses.has(license)),
      )
  }

  return (filter) => {
    const searches = termsOf(filter.text).map(searchFor)
    const asksMore = filter.provider !== '' || filter.license !== '' || filter.status !== ''
    const matches = []
    for (const [place, person] of people.entries()) {
      if (!searches.every((search) => search(person, place))) continue
      if (!asksMore || isSelected(person, filter)) matches.push(place)
    }
    return matches
  }
}

const createKeys = (/** @type {PageData} */ { costs }) => {
  const keys = {
    // The data is sorted by name.
    person: (_, place) => place,
    provider: ([, , , , , accounts]) => {
      const places = accounts.map(([provider]) => provider)
      return Math.min(...places) + (new Set(places).size - 1) / 1_000
    },
    licenses: ([, , , , , accounts]) => accounts.reduce((sum, account) => sum + account[3].length, 0),
    status: ([, , , , , accounts]) => Math.max(...accounts.map((account) => account[1])),
    active: ([, , , , lastActiveAt]) => Date.parse(lastActiveAt),
    cost: ([, , , cost]) => {
      const rank = costs[cost]?.[1] ?? -1
      return rank < 0 ? Number.NaN : rank
    },
  }
  return keys
}

const comparing = (values, direction) => (one, other) => {
  const left = values[one] ?? Number.NaN
  const right = values[other] ?? Number.NaN
  const difference = (left - right) * direction
  // Only where one of them is not known.
  if (Number.isNaN(difference)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || one - other
  return difference || one - other
}

const createPeopleOrder = (data) => {
  const keys = createKeys(data)
  const orders = new Map()
  const everybody = (/** @type {string} */ column, /** @type {boolean} */ descending) => {
    const title = \`\${column} \${descending}\`
    const known = orders.get(title)
    if (known !== undefined) return known
    const values = Float64Array.from(data.people, (person, place) => keys[column]?.(person, place) ?? Number.NaN)
    const order = Uint32Array.from(values.keys()).sort(comparing(values, descending ? -1 : 1))
    orders.set(title, order)
    return order
  }
  return (places, column, descending) => {
    const isAsked = new Uint8Array(data.people.length)
    for (const place of places) isAsked[place] = 1
    const inOrder = []
    for (const place of everybody(column, descending)) if (isAsked[place] === 1) inOrder.push(place)
    return inOrder
  }
}

const LICENSES_AT_FIRST = 12

const isolated = (text) => element('bdi', {}, [text])

const breakable = (text) =>
  element(
    'bdi',
    {},
    text.split(/(?=@)/).flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part])),
  )

const cell = (heading, className, content) =>
  element('td', { role: 'cell', class: className, 'data-heading': heading }, content)

const joined = (names) => names.flatMap((name, index) => (index === 0 ? [name] : [' · ', name]))

const muted = (text, reason = undefined) =>
  element('span', { class: 'muted', ...(reason === undefined ? {} : { title: reason }) }, [text])

const unfolding = (title, contentOf) => {
  const details = element('details', {}, [element('summary', {}, [title])])
  details.addEventListener('toggle', () => details.append(...contentOf()), { once: true })
  return details
}

const personCell = ({ departments }, [name, email, department, , , accounts]) => {
  const external = accounts.some((account) => account[2] === 1)
  const details = [email, departments[department] ?? ''].filter((text) => text !== '')
  return element('th', { role: 'rowheader', scope: 'row' }, [
    element('span', { class: 'person' }, [isolated(name)]),
    ...(external ? [' ', element('span', { class: 'tag' }, ['external'])] : []),
    ...details.map((text) => element('small', {}, [breakable(text)])),
  ])
}

const amounts = (parts) =>
  parts.flatMap((part, index) => [...(index === 0 ? [] : [' ']), element('span', { class: 'amount' }, [part])])

const licenseNames = ({ licenses, doubts }, [, , , held, pending, , doubt], shown) => {
  const heldName = (license) => isolated(licenses[license]?.[1] ?? '')
  const pendingName = (license) => element('span', {}, [heldName(license), muted(' (pending)')])
  const count = held.length + pending.length
  const names = (start, end) => [
    ...held.slice(start, end).map(heldName),
    ...pending.slice(Math.max(0, start - held.length), Math.max(0, end - held.length)).map(pendingName),
  ]
  const reason = doubts[doubt]
  if (count === 0) return [muted(reason === undefined ? 'none' : 'none that could be read', reason)]
  return [
    ...joined(names(0, shown)),
    ...(count > shown ? [unfolding(\`\${count - shown} more\`, () => joined(names(shown, count)))] : []),
    ...(reason === undefined ? [] : [' ', muted('and maybe more', reason)]),
  ]
}

const accountLines = ({ providers }, accounts, contentOf) =>
  accounts.map((account) =>
    element('div', { class: 'line' }, [
      ...(accounts.length > 1
        ? [element('span', { class: 'muted' }, [isolated(providers[account[0]] ?? ''), ': '])]
        : []),
      ...contentOf(account),
    ]),
  )

const statusLines = (data, accounts) => {
  const agree = accounts.every((account) => account[1] === accounts[0]?.[1])
  return accountLines(data, agree ? accounts.slice(0, 1) : accounts, ([, status]) => {
    const text = data.statuses[status] ?? ''
    return [element('span', { class: \`status user-\${text}\` }, [text])]
  })
}

const personRow = (data, person, columns, rowIndex, licenses) => {
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
      accountLines(data, accounts, (account) => licenseNames(data, account, licenses)),
    ),
    cell('Status', '', statusLines(data, accounts)),
    ...(columns.has('active') ? [cell('Last active', 'date', [active])] : []),
    ...(columns.has('cost')
      ? [cell('Cost a month', 'number', [element('span', {}, amounts(data.costs[cost]?.[0] ?? ['–']))])]
      : []),
  ])
}

const mayMoreMatch = ({ licenses, unreadHolders, unreadNames }, { text, provider, license, status }) => {
  const ofSeveral = provider === '' || provider === 'several'
  const areAsked = (places) => (ofSeveral ? places.length > 0 : places.includes(Number(provider)))
  const asksWho = text.trim() !== '' || status !== '' || provider === 'several'
  if (asksWho && areAsked(unreadNames)) return true
  const asked = license === '' ? undefined : licenses[Number(license)]
  // Who else has a license is known of a license whose holders are all known, but not where else they have one.
  return asked === undefined || provider === 'several' ? areAsked(unreadHolders) : asked[2] === 1
}

const createPeopleCount = (data) => {
  const { people, unreadHolders, unreadNames } = data
  const all = \`\${numberText(people.length)} people\`
  const isWhole = unreadHolders.length === 0 && unreadNames.length === 0
  return (filter, matches) => {
    const isFiltered = Object.values(filter).some((value) => value.trim() !== '')
    if (!isFiltered) return isWhole ? all : unreadNames.length > 0 ? \`\${all} could be read\` : \`At least \${all}\`
    if (isWhole) return \`\${numberText(matches)} of \${all} match\`
    const ofThose = \`\${numberText(matches)} of the \${all} who could be read match\`
    if (!mayMoreMatch(data, filter)) return ofThose
    return \`\${ofThose}; \${filter.license === 'none' ? 'they may hold something that could not be read' : 'there may be more'}\`
  }
}

const ROWS_ON_SCREEN = 50

const startPeopleTable = (data) => {
  const card = find('#people-card', HTMLElement)
  const form = find('#people-filters', HTMLFormElement)
  const region = find('.scroll', HTMLElement, card)
  const table = find('table', HTMLTableElement, card)
  const body = find('tbody', HTMLTableSectionElement, table)
  const matchText = find('#people-matches', HTMLElement)
  const orderText = find('#people-order', HTMLElement)
  const pageText = find('#people-page', HTMLElement)
  const printText = find('#people-printed', HTMLElement)
  const headings = [...table.querySelectorAll('th[data-column]')]
  const columns = new Set(headings.map((heading) => heading.getAttribute('data-column') ?? ''))
  const controls = [...form.querySelectorAll('[data-filter]')].filter(
    (control) => control instanceof HTMLInputElement || control instanceof HTMLSelectElement,
  )
  const filterPeople = createPeopleFilter(data)
  const order = createPeopleOrder(data)
  const countText = createPeopleCount(data)

  let matches = data.people.map((_, place) => place)
  let shown = matches
  let page = 0
  let column = 'person'
  let descending = false

  const lastPage = () => Math.max(0, Math.ceil(shown.length / ROWS_ON_SCREEN) - 1)

  const showRows = (start, count, licenses) => {
    const rows = shown.slice(start, start + count).flatMap((place, index) => {
      const person = data.people[place]
      return person === undefined ? [] : [personRow(data, person, columns, start + index + 2, licenses)]
    })
    body.replaceChildren(...rows)
    rows[0]?.setAttribute('tabindex', '0')
    table.setAttribute('aria-rowcount', String(shown.length + 1))
  }

  const showPage = () => {
    const start = page * ROWS_ON_SCREEN
    showRows(start, ROWS_ON_SCREEN, LICENSES_AT_FIRST)
    const end = Math.min(shown.length, start + ROWS_ON_SCREEN)
    pageText.textContent =
      shown.length === 0 ? '' : \`\${numberText(start + 1)}–\${numberText(end)} of \${numberText(shown.length)}\`
    for (const button of card.querySelectorAll('[data-turn]')) {
      const isBack = ['first', 'previous'].includes(button.getAttribute('data-turn') ?? '')
      // A button that is disabled loses the focus of whoever has just used it.
      button.setAttribute('aria-disabled', String(isBack ? page === 0 : page === lastPage()))
    }
  }

  const sort = () => {
    shown = order(matches, column, descending)
    for (const heading of headings) {
      const isSorted = heading.getAttribute('data-column') === column
      if (isSorted) heading.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
      else heading.removeAttribute('aria-sort')
    }
    const sorted = headings.find((heading) => heading.hasAttribute('aria-sort'))
    // Where an order is not what one would expect, its heading has a title that says what it is.
    orderText.textContent = sorted?.querySelector('button')?.title ?? ''
    page = 0
    showPage()
  }

  const filter = () => {
    const wantedOf = (key) => controls.find((control) => control.dataset.filter === key)?.value ?? ''
    const wanted = {
      text: wantedOf('text'),
      provider: wantedOf('provider'),
      license: wantedOf('license'),
      status: wantedOf('status'),
    }
    matches = filterPeople(wanted)
    matchText.textContent = countText(wanted, matches.length)
    sort()
  }

  const turnTo = (target) => {
    page = Math.min(lastPage(), Math.max(0, target))
    showPage()
  }
  const turns = {
    first: () => turnTo(0),
    previous: () => turnTo(page - 1),
    next: () => turnTo(page + 1),
    last: () => turnTo(lastPage()),
  }

  const focusRow = (index) => {
    const row = body.rows[Math.min(body.rows.length - 1, Math.max(0, index))]
    body.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1')
    row?.setAttribute('tabindex', '0')
    row?.focus()
  }
  const focusedRow = () => Array.prototype.indexOf.call(body.rows, document.activeElement)

  const keys = {
    ArrowDown: () => {
      const next = focusedRow() + 1
      if (next < body.rows.length) return focusRow(next)
      if (page === lastPage()) return
      turnTo(page + 1)
      focusRow(0)
    },
    ArrowUp: () => {
      const previous = focusedRow() - 1
      if (previous >= 0) return focusRow(previous)
      if (page === 0) return
      turnTo(page - 1)
      focusRow(body.rows.length - 1)
    },
    PageDown: () => {
      turnTo(page + 1)
      focusRow(0)
    },
    PageUp: () => {
      turnTo(page - 1)
      focusRow(0)
    },
    Home: () => {
      turnTo(0)
      focusRow(0)
    },
    End: () => {
      turnTo(lastPage())
      focusRow(body.rows.length - 1)
    },
  }

  const describeFilters = () =>
    controls
      .filter(({ value }) => value !== '')
      .map((control) => {
        const label = control.closest('label')?.querySelector('span')?.textContent ?? ''
        const value =
          control instanceof HTMLSelectElement ? control.selectedOptions[0]?.textContent : \`“\${control.value}”\`
        return \`\${label}: \${value}\`
      })
  const toPaper = () => {
    showRows(0, ROWS_ON_PAPER, Number.POSITIVE_INFINITY)
    printText.textContent = printedText(describeFilters(), shown.length)
    printText.hidden = false
  }
  const toScreen = () => {
    printText.hidden = true
    showPage()
  }

  for (const heading of headings) {
    heading.querySelector('button')?.addEventListener('click', () => {
      const wanted = heading.getAttribute('data-column') ?? ''
      descending = wanted === column && !descending
      column = wanted
      sort()
    })
  }
  for (const button of card.querySelectorAll('[data-turn]')) {
    button.addEventListener('click', () => turns[button.getAttribute('data-turn') ?? '']?.())
  }
  form.addEventListener('input', filter)
  form.addEventListener('submit', (event) => event.preventDefault())
  // The controls are empty only after the event.
  form.addEventListener('reset', () => setTimeout(filter))
  region.addEventListener('keydown', (event) => {
    const { target } = event
    const isOurs = target === region || (target instanceof HTMLTableRowElement && body.contains(target))
    const act = keys[event.key]
    if (!isOurs || act === undefined || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    act()
  })
  aroundPrinting(toPaper, toScreen)

  for (const link of document.querySelectorAll('a[data-holders]')) {
    link.addEventListener('click', () => {
      form.reset()
      for (const control of controls) {
        if (control.dataset.filter === 'license') control.value = link.getAttribute('data-holders') ?? ''
      }
      filter()
      controls[0]?.focus({ preventScroll: true })
    })
  }
  card.hidden = false
  filter()
}

const data = readPageData()
startLicenseSearch()
startFindingLists(data)
if (document.getElementById('people-card') !== null) startPeopleTable(data)`
