import type { Session, TenantOfUser } from '../shared/api.ts'
import { Refused, session as readSession, signOut, tenantApi } from './api.ts'
import { button, fill, h, labelled, on, options } from './dom.ts'
import { hashOf, type Place, type Route, routeOf, type View } from './place.ts'
import { showFindings } from './views/findings.ts'
import { showLicenses } from './views/licenses.ts'
import { showPerson } from './views/person.ts'
import { showPlan } from './views/plan.ts'
import { showPlans } from './views/plans.ts'
import { showReport } from './views/report.ts'
import { showSignIn } from './views/sign-in.ts'
import { showUsers } from './views/users.ts'
import { errorText, notice } from './words.ts'

const views: Readonly<Record<string, { readonly title: string; readonly show: View }>> = {
  licenses: { title: 'Licenses', show: showLicenses },
  users: { title: 'Users', show: showUsers },
  person: { title: 'Person', show: showPerson },
  findings: { title: 'Findings', show: showFindings },
  report: { title: 'Report', show: showReport },
  plans: { title: 'Plans', show: (place) => (place.route.rest === '' ? showPlans(place) : showPlan(place)) },
}

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found
}
const head = element('head')
const main = element('main')

let session: Session | undefined
let leaving = new AbortController()

const title = (...parts: readonly string[]): void => {
  document.title = [...parts, 'Seatlens console'].join(' – ')
}

const showHead = ({ name, tenants }: Session, tenant?: TenantOfUser, current?: string): void => {
  const choice = h('select')
  const choose = tenant === undefined ? [['', 'Choose …'] as const] : []
  options(choice, [...choose, ...tenants.map(({ id, name }) => [id, name] as const)])
  choice.value = tenant?.id ?? ''
  on(choice, {
    change: () => {
      location.hash = hashOf(choice.value, current ?? 'licenses')
    },
  })
  fill(
    head,
    h('a', { class: 'brand', href: '#/' }, 'Seatlens'),
    labelled('Tenant', choice),
    tenant !== undefined &&
      h(
        'nav',
        { 'aria-label': 'Views' },
        Object.entries(views).map(([view, { title }]) =>
          h('a', { href: hashOf(tenant.id, view), 'aria-current': view === current && 'page' }, title),
        ),
      ),
    h(
      'div',
      { class: 'who' },
      name,
      tenant?.role === 'viewer' && ' (viewer)',
      button('Sign out', leave, { kind: 'plain', onError: showError }),
    ),
  )
}

const showSignInForm = (why?: string): void => {
  session = undefined
  leaving.abort()
  fill(head, h('strong', { class: 'brand' }, 'Seatlens'))
  title('Sign in')
  showSignIn(main, why, (signedIn) => {
    session = signedIn
    show(signedIn)
  })
}

const showError = (error: unknown): void => {
  if (error instanceof Refused && error.code === 'NotSignedIn') {
    showSignInForm('Your session has ended. Sign in again.')
    return
  }
  main.querySelector('.notice.error')?.remove()
  const told = notice('bad', errorText(error))
  told.classList.add('error')
  main.querySelector('h1')?.after(told)
}

const leave = async (): Promise<void> => {
  await signOut()
  showSignInForm()
}

const showTenants = (present: Session): void => {
  title('Tenants')
  showHead(present)
  const links = present.tenants.map(({ id, name, role }) =>
    h('li', {}, h('a', { class: 'card', href: hashOf(id, 'licenses') }, h('strong', {}, name), role)),
  )
  const none = 'You have no role for any tenant. Ask the administrator of this server.'
  fill(main, h('h1', {}, 'Tenants'), links.length === 0 ? notice('warm', none) : h('ul', { class: 'tenants' }, links))
}

const showNotFound = (): void => {
  title('Not found')
  const tenants = h('a', { href: '#/' }, 'Choose a tenant')
  fill(main, h('h1', {}, 'Not found'), notice('bad', 'There is no such page, or you may not see it. ', tenants, '.'))
}

const showView = (route: Route, tenant: TenantOfUser, { title: name, show }: (typeof views)[string]): void => {
  const { signal } = leaving
  title(name, tenant.name)
  const root = h('div', { class: `view ${route.view}` })
  fill(main, h('h1', {}, name), root)
  main.focus({ preventScroll: true })
  scrollTo(0, 0)
  const place: Place = {
    ...{ root, route, tenant, signal },
    api: tenantApi(tenant.id, signal),
    canChange: tenant.role === 'operator',
    // A view that was left has nothing to say any more.
    showError: (error) => {
      if (!signal.aborted) showError(error)
    },
  }
  Promise.resolve(show(place)).catch(place.showError)
}

/** Shows what the address names. What the earlier view still asks for is ended. */
const show = (present: Session): void => {
  leaving.abort()
  leaving = new AbortController()
  const route = routeOf(location.hash)
  const [only, ...others] = present.tenants
  if (route.tenant === '') {
    if (only !== undefined && others.length === 0) location.replace(hashOf(only.id, 'licenses'))
    else showTenants(present)
    return
  }
  const tenant = present.tenants.find(({ id }) => id === route.tenant)
  const view = Object.hasOwn(views, route.view) ? views[route.view] : undefined
  showHead(present, tenant, route.view)
  if (tenant === undefined || view === undefined) showNotFound()
  else showView(route, tenant, view)
}

addEventListener('hashchange', () => {
  // The link that skips the navigation is no view.
  if (location.hash !== '#main' && session !== undefined) show(session)
})

try {
  session = await readSession()
  show(session)
} catch (error) {
  const isSignedOut = error instanceof Refused && error.status === 401
  showSignInForm(isSignedOut ? undefined : errorText(error))
}
