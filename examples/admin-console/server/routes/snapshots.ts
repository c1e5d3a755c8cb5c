import { Hono } from 'hono'
import { takeSnapshot, toPromise } from 'seatlens'
import { nodeSha256 } from 'seatlens/node'
import type { KeptSnapshot } from '../../shared/api.ts'
import { type Env, operator } from '../environment.ts'

const WITHIN_MS = 10 * 60_000

export const snapshotRoutes = new Hono<Env>()
  .get('/', async (c) => c.json(await c.var.console.snapshots.list(c.var.tenant.id)))
  .post('/', operator, async (c) => {
    const { tenant, user } = c.var
    const { signal } = c.req.raw
    const options = { signal, deadlineMs: WITHIN_MS, sha256: nodeSha256 }
    const content = await toPromise(takeSnapshot(tenant.providers, options))
    const kept: KeptSnapshot = await c.var.console.snapshots.add(tenant.id, content, user.name)
    return c.json(kept, 201)
  })
