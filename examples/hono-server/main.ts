import { readFile } from 'node:fs/promises'
import { serve } from '@hono/node-server'
import { createClient } from '@libsql/client'
import { createGenesysProvider, type GenesysConfig } from 'seatlens/genesys'
import { createWebexProvider, type WebexConfig } from 'seatlens/webex'
import { createApp, type Tenant } from './app.ts'
import { openPlanStore } from './journals.ts'

type Settings = Omit<Tenant, 'providers'> & { readonly genesys: GenesysConfig; readonly webex: WebexConfig }

const { TENANTS = 'tenants.json', DATABASE = 'file:plans.db', PORT = '8080' } = process.env
const settings: readonly Settings[] = JSON.parse(await readFile(TENANTS, 'utf8'))
// Each tenant has providers of its own: they share nothing.
const tenants = settings.map(({ genesys, webex, ...tenant }) => ({
  ...tenant,
  providers: [createGenesysProvider(genesys), createWebexProvider(webex)],
}))
const plans = await openPlanStore(createClient({ url: DATABASE }))
serve({ fetch: createApp(tenants, plans).fetch, port: Number(PORT), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port}`)
})
