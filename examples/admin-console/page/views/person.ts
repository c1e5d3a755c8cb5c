import type { FoundPerson, HeldSeat, Report, WantedPlan } from '../../shared/api.ts'
import { button, fill, foreign, h, labelled, on, table } from '../dom.ts'
import { hashOf, type Place, type View } from '../place.ts'
import { cost, failureText, notice, providerName, quantity } from '../words.ts'

/** Makes a plan, and goes to it. */
const plan = async ({ api, tenant, signal }: Place, changes: WantedPlan): Promise<void> => {
  const { id } = await api.makePlan(changes)
  if (!signal.aborted) location.hash = hashOf(tenant.id, 'plans', id)
}

const seatsOf = (place: Place, report: Report, provider: string, seats: readonly HeldSeat[]): HTMLElement => {
  const chosen = new Set<HeldSeat>()
  const name = providerName(report, provider)
  const remove = button(
    'Plan to remove the selected seats',
    () =>
      plan(place, {
        changes: [...chosen].map(({ userId: user, license }) => ({
          ...{ provider, user, license: license.id },
          action: 'remove' as const,
        })),
      }),
    { onError: place.showError },
  )
  remove.disabled = true
  const choice = (seat: HeldSeat): HTMLElement => {
    const box = h('input', { type: 'checkbox' })
    return h(
      'label',
      { class: 'choice' },
      on(box, {
        change: () => {
          if (box.checked) chosen.add(seat)
          else chosen.delete(seat)
          remove.disabled = chosen.size === 0
        },
      }),
      foreign(seat.license.name),
    )
  }
  const { element } = table(
    `Seats at ${name}`,
    [
      { title: 'License', cell: (seat) => (place.canChange ? choice(seat) : foreign(seat.license.name)) },
      { title: 'State', cell: ({ pending }) => (pending ? 'waits at the vendor' : 'held') },
      { title: 'Cost per month', isNumber: true, cell: ({ monthlyCost }) => cost(monthlyCost) },
    ],
    seats,
  )
  return h('section', {}, h('h2', {}, name), element, place.canChange && h('p', { class: 'actions' }, remove))
}

const assigning = (place: Place, report: Report, { person: { email: user } }: FoundPerson): HTMLElement => {
  const select = h(
    'select',
    {},
    report.providers.map(({ id, displayName }) =>
      h(
        'optgroup',
        { label: displayName },
        report.licenses.flatMap((row, place) => (row.provider === id ? [h('option', { value: place }, row.name)] : [])),
      ),
    ),
  )
  const assign = button(
    'Plan to assign it',
    async () => {
      const row = report.licenses[Number(select.value)]
      if (row === undefined) return
      const { provider, id: license } = row
      await plan(place, { changes: [{ provider, user, license, action: 'assign' }] })
    },
    { onError: place.showError },
  )
  return h(
    'section',
    {},
    h('h2', {}, 'Assign a license'),
    h('div', { class: 'bar-of-actions' }, labelled('License', select), assign),
  )
}

const showFound = async (place: Place, root: HTMLElement, email: string): Promise<void> => {
  fill(root, notice('plain', `Looking for ${email} … At first, a large organization takes a few minutes.`))
  const [found, report] = await Promise.all([place.api.person(email), place.api.report()])
  const { person, seats, failures } = found
  const providers = [...new Set(seats.map(({ provider }) => provider))]
  fill(
    root,
    h(
      'h2',
      { class: 'person' },
      foreign(person.displayName ?? person.email),
      ' ',
      h('small', {}, foreign(person.email)),
    ),
    failures.map((failure) => notice('bad', failureText(failure))),
    failures.length > 0 && h('p', {}, 'This is partial: the person may have more seats there.'),
    h('p', {}, `${quantity(seats.length, 'seat')} at ${quantity(providers.length, 'provider')}.`),
    providers.map((provider) =>
      seatsOf(
        place,
        report,
        provider,
        seats.filter((seat) => seat.provider === provider),
      ),
    ),
    place.canChange && assigning(place, report, found),
  )
}

export const showPerson: View = async (place) => {
  const { root, route, tenant } = place
  const email = h('input', {
    type: 'email',
    required: true,
    autocomplete: 'off',
    value: route.query.get('email') ?? '',
  })
  const form = h('form', { class: 'bar-of-actions' }, labelled('E-mail address', email), h('button', {}, 'Find'))
  const result = h('div', { class: 'stack' })
  on(form, {
    submit: (event) => {
      event.preventDefault()
      location.hash = hashOf(tenant.id, 'person', '', { email: email.value })
    },
  })
  fill(root, form, result)
  if (email.value === '') return
  try {
    await showFound(place, result, email.value)
  } catch (error) {
    const isNowhere = error instanceof Error && 'status' in error && error.status === 404
    if (!isNowhere) {
      fill(result)
      throw error
    }
    fill(result, notice('warm', `No provider knows ${email.value}. Check the spelling.`))
  }
}
