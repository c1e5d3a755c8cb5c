import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkedSettings } from '../server/settings.ts'
import { startConsole } from '../server/start-console.ts'
import {
  configurationOf,
  eventsUntil,
  holdings,
  isState,
  removalsAt,
  signedIn,
  startCompany,
  writes,
} from './support/console.ts'
import { type DatabaseServer, databaseKinds } from './support/databases.ts'

const kinds = databaseKinds.filter(({ name }) => name.startsWith('PostgreSQL'))

describe.each(kinds)('a database of $name that takes no more writes', ({ start }) => {
  const it = test.skipIf(start === undefined)
  let databases: DatabaseServer | undefined
  beforeAll(async () => {
    databases = await start?.()
  })
  afterAll(() => databases?.stop())

  it('interrupts a plan: nothing more is sent, users are told, and once it is mended every change is made exactly once', async ({
    onTestFinished,
  }) => {
    const company = await startCompany(9)
    const database = (await databases?.newDatabase()) ?? ''
    const log: Readonly<Record<string, unknown>>[] = []
    const settings = checkedSettings(await configurationOf(company, company, { leaseSeconds: 2 }), {})
    const running = await startConsole({ ...settings, database }, { write: (line) => log.push(JSON.parse(line)) })
    onTestFinished(async () => {
      await running.stop()
      await company.stop()
    })
    const olga = await signedIn(running.url, 'olga')
    const { license, changes } = removalsAt(company, 0, 10)
    const { json: plan } = await olga.post('/api/tenants/northwind/plans', { changes })
    const path = `/api/tenants/northwind/plans/${plan.id}`
    // Eight are on their way, and are answered when the database is broken.
    const held = company.webex.faults.add({ match: writes, effect: { kind: 'delay', ms: 1_500 } })
    expect((await olga.post(`${path}/apply`, {})).status).toBe(202)
    await expect.poll(held.strikes).toBe(8)
    await databases?.setReadOnly?.(database, true)

    await expect.poll(() => log.filter(({ level }) => level === 'error').length).toBeGreaterThan(0)
    expect(company.webex.requests.count(writes)).toBe(8)
    await expect.poll(async () => (await olga.get(path)).json?.state).toBe('interrupted')
    const refused = await olga.post(`${path}/apply`, {})
    expect([refused.status, refused.json.error.code]).toEqual([500, 'Defect'])
    expect(refused.text).not.toContain('read-only')

    await databases?.setReadOnly?.(database, false)
    await expect.poll(async () => (await olga.post(`${path}/apply`, {})).status).toBe(202)
    await eventsUntil(olga, `${path}/events`, isState('applied'))
    expect(company.webex.requests.count(writes)).toBe(10)
    const now = holdings(company.webex)
    for (const { user } of changes) expect(now.get(user)).not.toContain(license)
  })
})
