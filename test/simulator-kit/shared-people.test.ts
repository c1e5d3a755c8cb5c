import { expect, it } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'

it("the vendors' organizations of one seed and size share most of their people, by e-mail address", async () => {
  for (const users of [10, 1000]) {
    const simulators = [await startGenesysSimulator({ users }), await startWebexSimulator({ users })] as const
    const [genesys, webex] = simulators
    const members = new Map([...webex.organization.users()].map((user) => [user.person.email, user]))
    const shared = [...genesys.organization.users()].filter(({ record }) => members.has(record?.email?.toLowerCase()))
    expect(shared.length).toBeGreaterThan(users / 2)
    expect(shared.length).toBeLessThan(users)
    const one = members.get(shared[0]?.record?.email?.toLowerCase())
    expect(one?.person.displayName).toBe(shared[0]?.record?.name)
    expect(one?.id).not.toBe(shared[0]?.id)
    for (const simulator of simulators) await simulator.stop()
  }
})
