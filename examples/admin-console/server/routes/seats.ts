import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import type { StreamingApi } from 'hono/utils/stream'
import * as t from 'io-ts'
import { costOfSeatIn, createLicenseReport, isWhole, type LicenseProvider, type LicenseReport } from 'seatlens'
import { piecesOf, renderReport } from 'seatlens/render'
import type { FoundPerson, Report, UsersLine } from '../../shared/api.ts'
import { decoded } from '../decode.ts'
import type { Console, Env } from '../environment.ts'
import { notFound } from '../refusal.ts'
import type { Tenant } from '../tenants.ts'

const Email = t.refinement(t.string, (text) => /^[^\s@]{1,200}@[^\s@]{1,200}$/.test(text), 'an e-mail address')

/** What is there now, or was there when a snapshot was taken. */
const reportOf = async (
  { snapshots }: Console,
  tenant: Tenant,
  { fresh, snapshot }: { readonly fresh?: string; readonly snapshot?: string },
): Promise<LicenseReport> => {
  if (snapshot === undefined) return tenant.report(fresh === '1')
  const kept = await snapshots.open(tenant.id, snapshot)
  if (kept === undefined) throw notFound()
  return createLicenseReport({ detail: true, findings: {}, clock: kept.clock })(kept.providers)()
}

/** The page's script and style are allowed by its own policy. In a sandbox, it has no part in this site's session. */
const POLICY_OF_REPORTS = "sandbox allow-scripts allow-downloads allow-popups; frame-ancestors 'self'"

/** Users as they come, one line each. When the browser goes, so do the requests to the vendors. */
const sendUsers = async (
  { log }: Console,
  { id: tenant, hearing }: Tenant,
  providers: readonly LicenseProvider[],
  out: StreamingApi,
): Promise<void> => {
  const gone = new AbortController()
  out.onAbort(() => gone.abort())
  const textOf = (line: UsersLine): string => `${JSON.stringify(line)}\n`
  let users = 0
  let complete = true
  const send = async (provider: LicenseProvider): Promise<void> => {
    let whole = false
    for await (const page of provider.listUsers({ signal: gone.signal }).pages()) {
      if (page._tag === 'Left') {
        await out.write(textOf({ failure: page.left }))
        break
      }
      const { items, ledger } = page.right
      users += items.length
      whole = isWhole(ledger)
      await out.write(items.map((user) => textOf({ user })).join(''))
    }
    complete &&= whole
  }
  await hearing(
    ({ operation, provider, items, pages, expectedPages }) => {
      if (operation === 'listUsers') out.write(textOf({ progress: { provider, users: items, pages, expectedPages } }))
    },
    () => Promise.all(providers.map(send)),
  )
  await out.write(textOf({ done: { complete, users } }))
  log.info({ ended: 'users', tenant, users, complete, left: gone.signal.aborted })
}

export const seatRoutes = new Hono<Env>()
  .get('/report', async (c) => {
    const { users: _, ...report } = await reportOf(c.var.console, c.var.tenant, c.req.query())
    return c.json(report satisfies Report)
  })
  .get('/report.html', async (c) => {
    const { tenant } = c.var
    const report = await reportOf(c.var.console, tenant, c.req.query())
    // Before the head is sent: what cannot be rendered is no answer with status 200.
    const page = await renderReport(report, {
      format: 'html',
      title: `Licenses of ${tenant.name}`,
      costOfSeat: costOfSeatIn(report, tenant.providers),
    })
    c.header('content-type', 'text/html; charset=utf-8')
    c.header('content-security-policy', POLICY_OF_REPORTS)
    c.header('x-frame-options', 'SAMEORIGIN')
    const send = async (out: StreamingApi): Promise<void> => {
      for (const piece of piecesOf(page)) await out.write(piece)
    }
    return stream(c, (out) => send(out).catch(c.var.console.log.error))
  })
  .get('/users', (c) => {
    const only = c.req.query('provider')
    const providers = c.var.tenant.providers.filter(({ id }) => only === undefined || id === only)
    if (providers.length === 0) throw notFound()
    c.header('content-type', 'application/x-ndjson')
    const { console, tenant } = c.var
    return stream(c, (out) => sendUsers(console, tenant, providers, out).catch(console.log.error))
  })
  .get('/people', async (c) => {
    const { providers, report } = c.var.tenant
    const email = decoded(Email, c.req.query('email'))
    const [latest, ...looked] = await Promise.all([
      report(),
      ...providers.map((provider) => provider.getUser({ email }, { signal: c.req.raw.signal, deadlineMs: 60_000 })()),
    ])
    const users = looked.flatMap((found) => (found._tag === 'Right' ? [found.right] : []))
    const failures = looked.flatMap((found) =>
      found._tag === 'Left' && found.left._tag !== 'NotFound' ? [found.left] : [],
    )
    if (users.length === 0 && failures.length === 0) throw notFound()
    const names = new Map(latest.licenses.map(({ provider, id, name }) => [JSON.stringify([provider, id]), name]))
    const costOf = costOfSeatIn(latest, providers)
    const displayName = users.find((user) => user.displayName !== undefined)?.displayName
    const found: FoundPerson = {
      person: { email, ...(displayName === undefined ? {} : { displayName }) },
      seats: users.flatMap(({ provider, id: userId, licenseIds, pendingLicenseIds }) =>
        [...licenseIds, ...pendingLicenseIds].map((id, place) => {
          const monthlyCost = costOf(provider, id, userId)
          return {
            provider,
            userId,
            license: { id, name: names.get(JSON.stringify([provider, id])) ?? id },
            pending: place >= licenseIds.length,
            ...(monthlyCost === undefined ? {} : { monthlyCost }),
          }
        }),
      ),
      failures,
    }
    return c.json(found)
  })
