import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../../providers/webex/simulator/index.ts'
import { registry } from '../../../src/cli/registry.ts'
import { newFolder, run } from '../support/run.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10)

const ndjson = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

it('files of both vendors are joined with what the vendors say, in a report, in a plan and offline', async () => {
  const genesys = await startGenesysSimulator({ users: 100, seed: 1 })
  const webex = await startWebexSimulator({ users: 100, seed: 1 })
  onTestFinished(() => Promise.all([genesys.destroy(), webex.destroy()]).then(() => {}))
  const configuration = {
    providers: [
      { id: 'genesys', type: 'genesys', ...genesys.configuration },
      { id: 'webex', type: 'webex', ...webex.configuration },
    ],
  }
  const folder = await newFolder()
  const seatlens = (...args: readonly string[]) => run(args, { configuration, registry, folder })

  const [suite] = ndjson((await seatlens('licenses', '--provider', 'webex', '--format', 'ndjson')).stdout)
  const users = ndjson((await seatlens('users', '--provider', 'webex', '--format', 'ndjson')).stdout)
  const holder = users.find(({ email }) => email !== undefined)
  const other = users.find(({ email, licenseIds }) => email !== undefined && !licenseIds.includes(suite.id))
  await writeFile(
    join(folder, 'bought.csv'),
    `provider,license,purchased,asOf\ngenesys,cloudCX2,77,2025-01-01\nwebex,${suite.id},88,\n`,
  )
  await writeFile(
    join(folder, 'hub.csv'),
    `Display Name,User ID/Email (Required),Last Service Accessed Time\nA,${holder.email.toUpperCase()},${daysAgo(1)} 09:00\n`,
  )
  await writeFile(
    join(folder, 'usage.csv'),
    `Charge,Entity,First Billable Login\ncloudCX2,a@example.com,${daysAgo(5)}\ncloudCX2,b@example.com,${daysAgo(4)}\n`,
  )
  const files = ['--purchased', 'bought.csv', '--consumed', 'usage.csv', '--activity', 'hub.csv']

  const { code, stdout, stderr } = await seatlens('report', '--format', 'json', '--detail', ...files)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const report = JSON.parse(stdout)
  const row = (provider: string, id: string) =>
    report.licenses.find((one: { provider: string; id: string }) => one.provider === provider && one.id === id)
  expect(row('genesys', 'cloudCX2')).toMatchObject({
    purchased: { value: 77 },
    purchasedFrom: { source: 'file', name: 'bought.csv', at: '2025-01-01' },
    consumed: { value: 2 },
    consumedFrom: { source: 'file', name: 'usage.csv', at: daysAgo(4) },
  })
  expect(row('webex', suite.id)).toMatchObject({
    purchased: { value: 88 },
    overridden: [{ field: 'purchased', value: suite.purchased }],
  })
  const active = report.users.find(
    (one: { provider: string; id: string }) => one.provider === 'webex' && one.id === holder.id,
  )
  expect(active.activity).toContainEqual({ at: `${daysAgo(1)}T09:00:00.000Z`, source: 'hub.csv' })

  const planned = await seatlens(
    ...['plan', '--provider', 'webex', '--assign', suite.id, '--user', other.email],
    ...['--purchased', 'bought.csv', '--format', 'json'],
  )
  expect(JSON.parse(planned.stdout).licenses).toContainEqual(
    expect.objectContaining({ id: suite.id, purchased: { kind: 'known', value: 88 } }),
  )

  await writeFile(join(folder, 'product.csv'), 'sku,purchased\nA-FLEX-9,5\n')
  const ofProduct = await seatlens(
    ...['plan', '--provider', 'webex', '--assign', 'A-FLEX-9', '--user', other.email],
    ...['--purchased', 'product.csv'],
  )
  expect(ofProduct.code).toBe(2)
  expect(ofProduct.stderr).toContain('webex has no license with the id, product code or name "A-FLEX-9"')

  const found = await seatlens('user', holder.email, '--provider', 'webex', '--format', 'json', '--activity', 'hub.csv')
  expect(found.stdout).toContain('hub.csv')

  expect(await seatlens('snapshot', '--output', 'kept', ...files)).toMatchObject({ code: 0 })
  const offline = JSON.parse((await seatlens('report', '--from', 'kept', '--format', 'json', '--detail')).stdout)
  expect(offline.licenses).toEqual(report.licenses)
  expect(offline.users).toEqual(report.users)
}, 120_000)
