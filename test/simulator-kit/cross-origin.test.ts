import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { CrossOrigin } from '../../src/simulator-kit/index.ts'

const ADMIN = 'https://admin.example.com'

const webex = async (cors?: CrossOrigin) => {
  const simulator = await startWebexSimulator({ users: 10, cors })
  onTestFinished(simulator.destroy)
  const { apiUrl, accessToken } = simulator.configuration
  const ask = (init: RequestInit & { headers?: Record<string, string> } = {}, path = '/licenses') =>
    fetch(`${apiUrl}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${accessToken}`, origin: ADMIN, ...init.headers },
    })
  return { simulator, ask }
}

const preflight = {
  method: 'OPTIONS',
  headers: { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
}

const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => /^(access-|vary)/.test(name)))

describe('pages of other origins', () => {
  it('may read nothing unless it is allowed', async () => {
    const { ask } = await webex()
    expect(corsOf(await ask())).toEqual({})
    expect((await ask(preflight)).status).toBe(405)
  })

  it('may read answers where all may, with every header that is in them', async () => {
    const { ask } = await webex({ origins: '*' })
    const answer = await ask({}, '/people?max=1')
    expect(answer.headers.get('link')).toContain('rel="next"')
    expect(corsOf(answer)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringMatching(/^(?=.*\blink\b)(?=.*\btrackingid\b)(?!.*content-type)/),
    })
  })

  it('may read answers where their origin is named, and no other one', async () => {
    const { ask } = await webex({ origins: ['https://other.example.com', ADMIN] })
    expect(corsOf(await ask())).toMatchObject({ 'access-control-allow-origin': ADMIN, vary: 'origin' })
    const refused = corsOf(await ask({ headers: { origin: 'https://evil.example.com' } }))
    expect(refused['access-control-allow-origin']).toBeUndefined()
    expect(refused).toMatchObject({ vary: 'origin' })
  })

  it('are shown the headers that are exposed, where those are named', async () => {
    const { ask } = await webex({ origins: '*', exposed: [] })
    expect(corsOf(await ask({}, '/people?max=1'))).toEqual({ 'access-control-allow-origin': '*' })
  })

  it('may read refusals and scripted faults too', async () => {
    const { simulator, ask } = await webex({ origins: '*' })
    simulator.faults.add({
      match: { path: '/v1/licenses' },
      effect: { kind: 'status', status: 429, headers: { 'Retry-After': '1' } },
    })
    const throttled = await ask()
    expect([throttled.status, corsOf(throttled)['access-control-expose-headers']]).toEqual([
      429,
      expect.stringContaining('retry-after'),
    ])
    expect(corsOf(await ask({ headers: { authorization: 'Bearer wrong' } }, '/people'))).toMatchObject({
      'access-control-allow-origin': '*',
    })
  })

  it("has the browser's own question answered, which is neither logged nor struck by a fault", async () => {
    const { simulator, ask } = await webex({ origins: [ADMIN] })
    simulator.faults.add({ match: {}, effect: { kind: 'status', status: 503 } })
    const answer = await ask(preflight)
    expect(answer.status).toBe(204)
    expect(corsOf(answer)).toMatchObject({
      'access-control-allow-origin': ADMIN,
      'access-control-allow-methods': 'GET',
      'access-control-allow-headers': 'authorization',
    })
    expect(simulator.requests.count()).toBe(0)
    expect((await ask()).status).toBe(503)
  })

  it('may call every vendor: its API and its tokens', async () => {
    const simulator = await startGenesysSimulator({ users: 10, cors: { origins: '*' } })
    onTestFinished(simulator.destroy)
    const answer = await fetch(`${simulator.url}/oauth/token`, { method: 'POST' })
    expect(corsOf(answer)).toMatchObject({ 'access-control-allow-origin': '*' })
  })
})
