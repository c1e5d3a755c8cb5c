import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { meetings, messaging, person, professional, worldOf } from '../providers/webex/changing.ts'
import { newFolder, type Run, run } from './support/run.ts'

interface Vendor {
  readonly configuration: object
  /** What the plan gives, and what the vendor takes for it: bought, or free. */
  readonly given: string
  readonly bought: string
  readonly held: () => readonly string[]
  /** With its next change the vendor also makes this so. */
  readonly meddles: (holds: readonly string[]) => void
  /** Another administrator makes this so. */
  readonly becomes: (holds: readonly string[]) => void
}

const vendors: Readonly<Record<string, () => Promise<Vendor>>> = {
  genesys: async () => {
    const simulator = await startGenesysSimulator({
      world: {
        definitions: [{ id: 'cx1' }, { id: 'cx2' }],
        licenseRows: [{ id: 'ann', licenses: ['cx1'] }],
        directory: [{ id: 'ann', name: 'Ann', email: 'ann@example.com' }],
      },
    })
    onTestFinished(() => simulator.destroy())
    return {
      configuration: simulator.configuration,
      given: 'cx2',
      bought: 'cx1',
      held: () => [...simulator.organization.licensesOf('ann')].sort(),
      becomes: (holds) => simulator.organization.setLicenses('ann', holds),
      meddles: (holds) => {
        simulator.faults.add({
          match: { method: 'POST', path: '/api/v2/license/organization', times: 1 },
          effect: {
            kind: 'rewrite',
            rewrite: (answer) => {
              simulator.organization.setLicenses('ann', holds)
              return answer
            },
          },
        })
      },
    }
  },
  webex: async () => {
    const simulator = await startWebexSimulator({ world: worldOf([person('ann', messaging)]) })
    onTestFinished(() => simulator.destroy())
    return {
      configuration: simulator.configuration,
      given: meetings,
      bought: messaging,
      held: () => [...simulator.organization.licensesOf('ann')].sort(),
      becomes: (holds) => simulator.organization.setLicenses('ann', holds),
      meddles: (holds) => {
        simulator.faults.add({
          match: { method: 'PATCH', times: 1 },
          effect: {
            kind: 'rewrite',
            rewrite: (answer) => {
              simulator.organization.setLicenses('ann', holds)
              return answer
            },
          },
        })
      },
    }
  },
}

describe.each(Object.keys(vendors))('what %s takes besides', (type) => {
  let vendor: Vendor
  let seatlens: (...args: readonly string[]) => Promise<Run>

  beforeEach(async () => {
    const begun = await vendors[type]?.()
    if (begun === undefined) throw new Error(`no such vendor: ${type}`)
    vendor = begun
    const folder = await newFolder()
    const configuration = { providers: [{ id: 'only', type, ...vendor.configuration }] }
    seatlens = (...args) => run(args, { registry, configuration, folder })
    const planned = await seatlens('plan', '--assign', vendor.given, '--user', 'ann', '--output', 'plan.json')
    if (planned.code !== 0) throw new Error(planned.stderr)
  })

  it('is told, ends with 6, and is given back by undo first of all', async () => {
    const { given, bought, held, meddles } = vendor
    meddles([given])
    const applied = await seatlens('apply', 'plan.json', '--yes', '--output', 'result.json')
    expect(applied.code).toBe(6)
    expect(applied.stdout).toContain('the vendor also took it from the user; an undo gives it back')
    expect(applied.stdout).toContain('1 applied')
    expect(applied.stdout).not.toContain('all of it is as planned')
    const result = JSON.parse(await readFile(join(applied.folder, 'result.json'), 'utf8'))
    expect(result).toMatchObject({
      complete: false,
      counts: { applied: 1 },
      implicit: [{ userId: 'ann', licenseId: bought, effect: 'lost' }],
    })
    expect(held()).toEqual([given])

    const undone = await seatlens('undo', 'plan.json.journal', '--yes', '--format', 'json')
    expect(undone.code).toBe(0)
    expect(JSON.parse(undone.stdout).changes).toMatchObject([
      { action: 'assign', licenseId: bought, result: 'applied' },
      { action: 'remove', licenseId: given, result: 'applied' },
    ])
    expect(held()).toEqual([bought])
  })

  it('is no loss of ours where the user did not hold it directly before the request', async () => {
    const { given, bought, held, meddles } = vendor
    meddles([given, bought].sort())
    const applied = await seatlens('apply', 'plan.json', '--yes', '--format', 'json')
    expect(applied.code).toBe(0)
    expect(JSON.parse(applied.stdout).implicit).toBeUndefined()
    expect(held()).toEqual([given, bought].sort())
  })
})

describe.each(Object.keys(vendors))('a swap in %s whose old seat another administrator has removed', (type) => {
  const begin = async () => {
    const vendor = await vendors[type]?.()
    if (vendor === undefined) throw new Error(`no such vendor: ${type}`)
    const folder = await newFolder()
    const configuration = { providers: [{ id: 'only', type, ...vendor.configuration }] }
    const seatlens = (...args: readonly string[]) => run(args, { registry, configuration, folder })
    const { given, bought } = vendor
    const planned = await seatlens('plan', '--swap', bought, given, '--user', 'ann', '--output', 'plan.json')
    if (planned.code !== 0) throw new Error(planned.stderr)
    return { vendor, seatlens }
  }

  it('has drifted: apply gives the user no seat', async () => {
    const { vendor, seatlens } = await begin()
    vendor.becomes([])
    const { code, stdout, stderr } = await seatlens('apply', 'plan.json', '--yes')
    expect({ code, held: vendor.held() }).toEqual({ code: 6, held: [] })
    expect(stdout).toContain('so that there is nothing to swap')
    expect(stderr).toContain('nothing was sent')
  })

  it('has drifted: undo gives the user no seat', async () => {
    const { vendor, seatlens } = await begin()
    expect((await seatlens('apply', 'plan.json', '--yes')).code).toBe(0)
    vendor.becomes([])
    const { code, stdout } = await seatlens('undo', 'plan.json.journal', '--yes')
    expect({ code, held: vendor.held() }).toEqual({ code: 6, held: [] })
    expect(stdout).toContain('so that there is nothing to swap')
  })
})

const calling = { phoneNumber: '+14085267209', extension: '7209', locationId: 'location-1' }

describe('a calling seat that was taken', () => {
  const begin = async () => {
    const simulator = await startWebexSimulator({
      world: worldOf([person('ann', professional, messaging), person('bea', messaging)]),
    })
    onTestFinished(() => simulator.destroy())
    const { locationId, extension, phoneNumber } = calling
    const phoneNumbers = [{ type: 'work', value: '+1 408 526 7209', primary: true }]
    simulator.faults.add({
      match: { method: 'GET', path: '/v1/people/:personId' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer, { query }) =>
          query.has('callingData')
            ? { ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), phoneNumbers, extension, locationId }) }
            : answer,
      },
    })
    const sent: unknown[] = []
    simulator.faults.add({
      match: { method: 'PATCH' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer, { body }) => {
          sent.push(...JSON.parse(String(body)).licenses)
          return answer
        },
      },
    })
    const folder = await newFolder()
    const configuration = { providers: [{ id: 'only', type: 'webex', ...simulator.configuration }] }
    const seatlens = (...args: readonly string[]) => run(args, { registry, configuration, folder })
    await seatlens('plan', '--remove', professional, '--user', 'ann', '--output', 'plan.json')
    const told: string[] = []
    const step = async (...args: readonly string[]) => {
      const { code, stdout, stderr } = await seatlens(...args)
      told.push(stdout, stderr)
      return { code, stdout, stderr }
    }
    const asked = (...args: readonly string[]) =>
      run(args, { registry, configuration, folder, typed: 'y\n', stderr: { columns: 80 } })
    const held = () => [...simulator.organization.licensesOf('ann')].sort()
    return { asked, step, sent, held, folder, told, secrets: [phoneNumber, extension, locationId] }
  }

  it('comes back with its number, extension and location, which are in the journal and nowhere else', async () => {
    const { step, sent, held, folder, told, secrets } = await begin()
    expect(await step('apply', 'plan.json', '--yes', '--output', 'applied.json')).toMatchObject({ code: 0 })
    expect(held()).toEqual([messaging])
    const journal = join(folder, 'plan.json.journal')
    expect((await stat(journal)).mode & 0o777).toBe(0o600)
    for (const secret of secrets) expect(await readFile(journal, 'utf8')).toContain(secret)

    const undone = await step('undo', 'plan.json.journal', '--yes', '--format', 'json', '--output', 'undone.json')
    expect(undone.code).toBe(0)
    expect(held()).toEqual([messaging, professional].sort())
    expect(sent.at(-1)).toMatchObject({ id: professional, operation: 'add', properties: calling })

    const files = await Promise.all(['applied.json', 'undone.json'].map((name) => readFile(join(folder, name), 'utf8')))
    // As words: four digits may be in a hash or an id by chance.
    const words = [...told, ...files].flatMap((text) => text.split(/[^\w+-]+/))
    for (const secret of secrets) expect(words).not.toContain(secret)
  })

  it.each([
    ['without a number', []],
    ['with an extension alone', ['--extension', '12']],
  ])('is not given %s, and the options are named', async (_, args) => {
    const { step } = await begin()
    const { code, stderr } = await step('plan', '--assign', professional, '--user', 'bea', ...args)
    expect(code).toBe(2)
    expect(stderr).toMatch(/ needs (?:a phone number, or an extension and a location|a location)\n/)
    expect(stderr).toContain(
      'give --phone, or --extension and --location; in a file, the columns phoneNumber, or extension and locationId\n',
    )
  })

  it('comes back without what Webex has deleted, which is said once, in words that are true then too', async () => {
    const { step } = await begin()
    const applied = await step('apply', 'plan.json', '--yes')
    const undone = await step('undo', 'plan.json.journal', '--yes')
    const told = /warning: .*Webex deletes forwarding rules, .* with a calling license; they do not come back/g
    for (const { stderr } of [applied, undone]) expect(stderr.match(told)).toHaveLength(1)
  })

  it('is warned of once, by what is shown, before a user is asked', async () => {
    const { asked } = await begin()
    const { stderr } = await asked('apply', 'plan.json')
    const [before = '', after = ''] = stderr.split('Make 1 change')
    expect([before, after].map((text) => text.match(/calling settings/g))).toEqual([['calling settings'], null])
  })
})
