import { type GenesysSimulator, startGenesysSimulator } from 'seatlens/genesys/simulator'
import { startWebexSimulator, type WebexSimulator } from 'seatlens/webex/simulator'
import { linesOf as linesIn } from '../../page/lines.ts'
import { hashPassword } from '../../server/sign-in/passwords.ts'

/** Cheap to check, as the tests sign in often. */
const CHEAP = { N: 1_024, r: 8, p: 1 }

export const passwords = { olga: 'olga-opens', oscar: 'oscar-opens', vera: 'vera-views' }
export type Name = keyof typeof passwords

/** The organizations of one tenant. */
export interface Company {
  readonly genesys: GenesysSimulator
  readonly webex: WebexSimulator
  readonly stop: () => Promise<void>
}

export const startCompany = async (seed: number, users = 80): Promise<Company> => {
  const genesys = await startGenesysSimulator({ users, seed })
  const webex = await startWebexSimulator({ users, seed })
  return { genesys, webex, stop: async () => void (await Promise.all([genesys.destroy(), webex.destroy()])) }
}

const tenantOf = (id: string, name: string, { genesys, webex }: Company) => ({
  id,
  name,
  providers: [
    { id: 'genesys', type: 'genesys', region: 'mypurecloud.ie', ...genesys.configuration },
    {
      ...{ id: 'webex', type: 'webex', ...webex.configuration },
      licenses: { 'Webex Calling - Professional': { price: { amount: 1_700, currency: 'EUR', per: 'seat-month' } } },
    },
  ],
})

/** A configuration as in a file: two companies, operators of both, and a viewer of the first. */
export const configurationOf = async (first: Company, second: Company, more: object = {}) => ({
  port: 0,
  tenants: [tenantOf('northwind', 'Northwind', first), tenantOf('contoso', 'Contoso', second)],
  users: [
    {
      name: 'olga',
      password: await hashPassword(passwords.olga, CHEAP),
      roles: { northwind: 'operator', contoso: 'operator' },
    },
    { name: 'oscar', password: await hashPassword(passwords.oscar, CHEAP), roles: { northwind: 'operator' } },
    { name: 'vera', password: await hashPassword(passwords.vera, CHEAP), roles: { northwind: 'viewer' } },
  ],
  ...more,
})

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The text as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks at is what it expects.
  readonly json: any
}

/** A browser that has signed in: it keeps the cookie and says what the page says. */
export const browserAt = (url: string) => {
  let cookie = ''
  const open = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}${path}`, {
      ...init,
      headers: {
        'x-seatlens': 'console',
        ...(init.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === '' ? {} : { cookie }),
        ...init.headers,
      },
    })
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await open(path, init)
    for (const set of response.headers.getSetCookie()) cookie = set.split(';')[0] ?? ''
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined }
  }
  const post = (path: string, body?: unknown, init: RequestInit = {}) =>
    ask(path, { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }), ...init })
  return {
    open,
    get: ask,
    post,
    cookie: () => cookie,
    signIn: (name: Name, password = passwords[name]) => post('/api/session', { name, password }),
  }
}

export type Browser = ReturnType<typeof browserAt>

export const signedIn = async (url: string, name: Name): Promise<Browser> => {
  const browser = browserAt(url)
  const { status, text } = await browser.signIn(name)
  if (status !== 200) throw new Error(text)
  return browser
}

export interface SentEvent {
  readonly event: string
  readonly id?: string
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly data: any
}

/** Reads events until one of them is the last that is wanted. */
export const eventsUntil = async (
  browser: Browser,
  path: string,
  isLast: (event: SentEvent) => boolean,
  lastEventId?: string,
): Promise<readonly SentEvent[]> => {
  const gone = new AbortController()
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const response = await browser.open(path, { signal: gone.signal, headers })
  const events: SentEvent[] = []
  let text = ''
  try {
    for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += piece
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        )
        const [event, data, id] = [fields.get('event'), fields.get('data'), fields.get('id')]
        if (event === undefined || data === undefined) continue
        const sent = { event, data: JSON.parse(data), ...(id === undefined ? {} : { id }) }
        events.push(sent)
        if (isLast(sent)) return events
      }
    }
  } finally {
    gone.abort()
  }
  throw new Error(`the stream ended early: ${response.status} ${text}`)
}

/** The lines of an answer as they come, each of them JSON. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export const linesOf = async function* ({ body }: Response): AsyncGenerator<any> {
  if (body === null) return
  for await (const line of linesIn(body)) yield JSON.parse(line)
}

/** What each user of an organization holds. */
export const holdings = ({ organization }: GenesysSimulator | WebexSimulator): ReadonlyMap<string, readonly string[]> =>
  new Map([...organization.users()].map(({ id, licenseIds }) => [id, [...licenseIds].sort()]))

/** Whether a license of Webex is of a product: `MS` is messaging, which most users hold, `BCSTD` is calling. */
export const isOf =
  (product: string) =>
  (id: string): boolean =>
    Buffer.from(id, 'base64url').toString().includes(`:${product}_`)

/** The requests that change seats of Webex. */
export const writes = { method: 'PATCH', path: '/v1/licenses/users' } as const

/** Users of an organization who hold a license, and that license: the first one that fits. */
export const holdersOf = (simulator: GenesysSimulator | WebexSimulator, isIt: (licenseId: string) => boolean) => {
  const users = [...simulator.organization.users()]
  const license = users.flatMap(({ licenseIds }) => licenseIds).find(isIt)
  if (license === undefined) throw new Error('no user holds such a license')
  return { license, users: users.filter(({ licenseIds }) => licenseIds.includes(license)).map(({ id }) => id) }
}

/** Changes that take messaging from some users of Webex. */
export const removalsAt = ({ webex }: Company, from: number, to: number) => {
  const { license, users } = holdersOf(webex, isOf('MS'))
  const changes = users.slice(from, to).map((user) => ({ provider: 'webex', user, action: 'remove', license }))
  if (changes.length < to - from) throw new Error('too few users hold it')
  return { license, changes }
}

/** The address of a user who holds messaging. */
export const someAddress = ({ webex }: Company): string => {
  const [first] = holdersOf(webex, isOf('MS')).users
  return [...webex.organization.users()].find(({ id }) => id === first)?.person.email ?? ''
}

/** Whether an event says that a plan is in a state. */
export const isState =
  (state: string) =>
  ({ event, data }: SentEvent): boolean =>
    event === 'state' && data.state === state
