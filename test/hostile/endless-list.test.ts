import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { createLicenseReport } from '../../src/report/index.ts'
import { type FaultEffect, json } from '../../src/simulator-kit/index.ts'

const stops: (() => Promise<void>)[] = []
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())))

/** A page of one record that cannot be read, and always another one after it. */
const genesysPages: FaultEffect = {
  kind: 'rewrite',
  rewrite: () => json({ entities: [{ id: 7 }] }),
}

const webexPages = (): FaultEffect => {
  let page = 0
  return {
    kind: 'rewrite',
    rewrite: (_, request) => {
      const next = `http://${request.header('host')}${request.path}?page=${page++}`
      return json({ items: [{ id: 7 }] }, 200, { link: `<${next}>; rel="next"` })
    },
  }
}

const genesys = async () => {
  const simulator = await startGenesysSimulator({ users: 10 })
  stops.push(simulator.destroy)
  for (const path of ['/api/v2/license/users', '/api/v2/users']) {
    simulator.faults.add({ match: { path }, effect: genesysPages })
  }
  return { simulator, provider: createGenesysProvider(simulator.configuration) }
}

const webex = async () => {
  const simulator = await startWebexSimulator({ users: 10 })
  stops.push(simulator.destroy)
  simulator.faults.add({ match: { path: '/v1/people' }, effect: webexPages() })
  return { simulator, provider: createWebexProvider({ ...simulator.configuration, userSource: 'people' }) }
}

describe.each([
  { vendor: 'genesys', stage: genesys },
  { vendor: 'webex', stage: webex },
])('a list of $vendor without end, of which nothing can be read', ({ stage }) => {
  test('is given up after a hundred pages', async () => {
    const { simulator, provider } = await stage()
    const { complete, providers } = await createLicenseReport()([provider])()
    expect(complete).toBe(false)
    expect(providers[0]).toMatchObject({ status: 'partial', licensedUsers: { kind: 'unknown' } })
    expect(providers[0]?.ledgers.assignments.gaps.at(-1)?.error).toMatchObject({
      _tag: 'InvalidResponse',
      message: 'the list says that there is more, but 101 pages in a row had nothing that can be read',
    })
    expect(simulator.requests.count()).toBeLessThan(300)
  })
})
