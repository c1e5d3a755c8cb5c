export type Child = Node | string | number | undefined | false | readonly Child[]

type Handlers = { readonly [E in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[E]) => void }
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

const nodesOf = (child: Child): readonly (Node | string)[] => {
  if (child === undefined || child === false) return []
  if (typeof child === 'number') return [String(child)]
  return typeof child === 'string' || child instanceof Node ? [child] : child.flatMap(nodesOf)
}

/** An element. All text goes in as text: what a vendor sends never becomes markup. */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...nodesOf(children))
  return element
}

export const on = <E extends HTMLElement>(element: E, handlers: Handlers): E => {
  for (const [name, handler] of Object.entries(handlers)) element.addEventListener(name, handler as EventListener)
  return element
}

export const fill = (element: Element, ...children: readonly Child[]): void =>
  element.replaceChildren(...nodesOf(children))

/** A button that is off while its work goes on. What goes wrong is for `onError`. */
export const button = (
  text: string,
  work: () => unknown,
  { kind = '', onError }: { readonly kind?: string; readonly onError?: (error: unknown) => void } = {},
): HTMLButtonElement => {
  const made = h('button', { type: 'button', class: kind }, text)
  return on(made, {
    click: async () => {
      made.disabled = true
      try {
        await work()
      } catch (error) {
        onError?.(error)
      } finally {
        made.disabled = false
        // A button that is off loses the focus.
        if (document.activeElement === document.body) made.focus()
      }
    },
  })
}

/** Names and addresses may be written from right to left: each is set by itself. */
export const foreign = (text: string): HTMLElement => h('bdi', {}, text)

export interface Column<Row> {
  readonly title: string
  readonly isNumber?: boolean
  readonly cell: (row: Row) => Child
}

/** The parts have roles, as narrow windows show each row as a card, which would be no table any more. */
export const rowOf = <Row>(columns: readonly Column<Row>[], row: Row): HTMLTableRowElement =>
  h(
    'tr',
    { role: 'row' },
    columns.map(({ title, isNumber, cell }, place) =>
      place === 0
        ? h('th', { scope: 'row', role: 'rowheader' }, cell(row))
        : h('td', { role: 'cell', 'data-title': title, class: isNumber && 'number' }, h('div', {}, cell(row))),
    ),
  )

export const table = <Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]) => {
  const body = h(
    'tbody',
    { role: 'rowgroup' },
    rows.map((row) => rowOf(columns, row)),
  )
  const titles = columns.map(({ title, isNumber }) =>
    h('th', { scope: 'col', role: 'columnheader', class: isNumber && 'number' }, title),
  )
  return {
    body,
    element: h(
      'table',
      { role: 'table' },
      h('caption', { class: 'visually-hidden' }, caption),
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, titles)),
      body,
    ),
  }
}

const SHOWN_AT_ONCE = 100

/** A long table: the first rows, and a button for the next ones. */
export const longTable = <Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): HTMLElement => {
  const { element, body } = table(caption, columns, rows.slice(0, SHOWN_AT_ONCE))
  const rest = h('p', { class: 'actions' })
  const showRest = () => {
    const left = rows.length - body.rows.length
    if (left === 0) return rest.remove()
    const more = Math.min(left, SHOWN_AT_ONCE)
    fill(
      rest,
      button(`Show ${more} more of ${left}`, () => {
        const from = body.rows.length
        body.append(...rows.slice(from, from + more).map((row) => rowOf(columns, row)))
        showRest()
      }),
    )
  }
  showRest()
  return h('div', {}, element, rest.childElementCount > 0 && rest)
}

export const labelled = (label: string, control: HTMLElement): HTMLElement =>
  h('label', {}, h('span', {}, label), control)

export const options = (select: HTMLSelectElement, all: readonly (readonly [value: string, text: string])[]): void =>
  fill(
    select,
    all.map(([value, text]) => h('option', { value }, text)),
  )
