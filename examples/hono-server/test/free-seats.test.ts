import { createWebexProvider } from 'seatlens/webex'
import { startWebexSimulator } from 'seatlens/webex/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freeSeats } from './free-seats.ts'

let webex: Awaited<ReturnType<typeof startWebexSimulator>>
beforeAll(async () => {
  webex = await startWebexSimulator({ users: 200 })
})
afterAll(() => webex.stop())

it('names the licenses with free seats', async () => {
  expect(await freeSeats([createWebexProvider(webex.configuration)])).not.toEqual([])
})

it('gives no answer if a list of the vendor fails', async () => {
  webex.faults.add({ match: { path: '/v1/licenses' }, effect: { kind: 'status', status: 400 } })
  await expect(freeSeats([createWebexProvider(webex.configuration)])).rejects.toThrow('incomplete')
})
