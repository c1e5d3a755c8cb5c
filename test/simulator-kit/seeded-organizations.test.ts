import { createHash } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { Listing, SimulatorOptions } from '../../src/simulator-kit/index.ts'

const now = () => Date.UTC(2026, 10, 29, 9)

const rowsOf = <A>({ size, at }: Listing<A>): readonly (A | undefined)[] =>
  Array.from({ length: size }, (_, position) => at(position))

const start = async (options: Partial<SimulatorOptions>) => {
  const [genesys, webex] = await Promise.all([
    startGenesysSimulator({ now, ...options }),
    startWebexSimulator({ now, ...options }),
  ])
  onTestFinished(() => Promise.all([genesys.destroy(), webex.destroy()]).then(() => {}))
  return { genesys: genesys.organization, webex: webex.organization }
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)

/** What findings are made of; a field that is new changes nothing. */
const hashesOf = ({ genesys, webex }: Awaited<ReturnType<typeof start>>) => ({
  genesys: hashOf(
    [...genesys.users()].map(({ id, licenseIds, record }) => [
      id,
      licenseIds,
      record?.email,
      record?.state,
      record?.dateLastLogin,
      record?.lastTokenIssued,
    ]),
  ),
  webex: hashOf([
    [...webex.users()].map(({ id, licenseIds, person }) => [
      id,
      licenseIds,
      person.email,
      person.loginEnabled,
      person.invitePending,
      person.lastActivity,
    ]),
    webex.licenses.map((license) => ('id' in license ? [license.id, license.totalUnits] : [])),
    rowsOf(webex.workspaces),
    rowsOf(webex.devices),
  ]),
})

/** Many tests say what is true of these organizations, and some would pass for another reason if they changed. */
describe('the organizations of a seed', () => {
  it.each([
    [
      { users: 10, seed: 1 },
      { genesys: 'c51a37ec52d3cfb6', webex: 'aa2c623605207c0a' },
    ],
    [
      { users: 200, seed: 1 },
      { genesys: '48c3bc39c6fff1e9', webex: '02343690593b48aa' },
    ],
    [
      { users: 1_300, seed: 5 },
      { genesys: 'ca45ee35fbceaafc', webex: 'd7f5cb400a24cc19' },
    ],
  ])('are what they were: %j', async (options, hashes) => {
    expect(hashesOf(await start(options))).toEqual(hashes)
  })

  it('are the same in a story whenever they are started on a day, and others on the day after', async () => {
    const story = { today: now() }
    const hashes = hashesOf(await start({ story }))
    expect(hashesOf(await start({ story, now: () => now() + 3_600_000 }))).toEqual(hashes)
    expect(hashesOf(await start({ story: { today: now() + 86_400_000 }, now: () => now() + 86_400_000 }))).not.toEqual(
      hashes,
    )
  })

  it('have the same people with one part in a story', async () => {
    const { genesys, webex } = await start({ users: 1_000, story: { today: now() } })
    const webexLicenses = new Map([...webex.users()].map(({ person, licenseIds }) => [person.email, licenseIds]))
    const nameOf = (id: string): string => webex.license(id)?.name ?? id
    const paidForTwice = [...genesys.users()].filter(
      ({ licenseIds, record }) =>
        licenseIds.some((id) => id.startsWith('cloudCX')) &&
        webexLicenses.get(record?.email?.toLowerCase() ?? '')?.some((id) => /contact center/i.test(nameOf(id))),
    )
    // Who came from the other contact center, as far as both organizations have them.
    expect(paidForTwice).toHaveLength(3)
  })
})
