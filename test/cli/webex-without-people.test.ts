import { describe, expect, it, onTestFinished } from 'vitest'
import { startWebexSimulator, type WebexSimulatorOptions } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { newFolder, run } from './support/run.ts'
import { said, saidBy } from './support/said.ts'

const organization = async (options: WebexSimulatorOptions = {}, more: object = {}) => {
  const webex = await startWebexSimulator({ users: 60, ...options })
  onTestFinished(() => webex.destroy())
  const configuration = { providers: [{ id: 'webex', type: 'webex', ...webex.configuration, ...more }] }
  return { configuration, registry, folder: await newFolder() }
}

/** The administrator may list licenses and their holders, and no people. */
const withoutPeople = { scopes: ['spark-admin:licenses_read'] }
const SAID = /^webex: the list of people in the directory could not be read: .*spark-admin:people_read/

const linesAbout = (text: string, what: string) => text.split('\n').filter((line) => line.includes(what))

describe('Webex where the credentials may not read people', () => {
  it.each([
    ['report', ['report', '--format', 'json']],
    ['users', ['users', '--format', 'ndjson']],
    ['snapshot', ['snapshot', '--output', 'kept']],
    ['check', ['check', '--max-utilization', '1000']],
  ])('%s ends as with the licenses alone, and says once what is missing', async (_, args) => {
    const alone = await run(args, await organization(withoutPeople, { userSource: 'licenses' }))
    const { code, stderr } = await run(args, await organization(withoutPeople))
    expect(code).toBe(alone.code)
    expect(code).toBe(0)
    expect(linesAbout(alone.stderr, 'directory')).toEqual([])
    expect(linesAbout(saidBy(args, stderr), 'people_read')).toEqual([expect.stringMatching(SAID)])
  })

  it('has the holders all the same, with names and addresses, and their status unknown', async () => {
    const lines = async (options: WebexSimulatorOptions, more?: object) => {
      const { stdout } = await run(['users', '--format', 'ndjson'], await organization(options, more))
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    }
    const users = await lines(withoutPeople)
    expect(users).toEqual(await lines(withoutPeople, { userSource: 'licenses' }))
    expect(users.length).toBeGreaterThan(50)
    const whole = await lines({})
    expect(whole.map(({ id, licenseIds }) => ({ id, licenseIds }))).toEqual(
      users.map(({ id, licenseIds }) => ({ id, licenseIds })),
    )
    const internal = whole.filter(({ kind }) => kind === 'internal')
    expect(internal.every(({ status, department }) => status !== 'unknown' && department !== undefined)).toBe(true)
    expect(whole.some(({ kind }) => kind === 'external')).toBe(true)
  })
})

describe('Webex with the accounts of SCIM 2', () => {
  it('tells cost center, division, manager and employee number of each user', async () => {
    const { code, stdout, stderr } = await run(['users', '--format', 'ndjson'], await organization({}, { scim: true }))
    expect([code, stderr]).toEqual([0, ''])
    const users = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const internal = users.filter(({ kind }) => kind === 'internal')
    expect(internal.every(({ costCenter }) => costCenter !== undefined)).toBe(true)
    expect(internal.some(({ costCenter }) => costCenter === null)).toBe(true)
    expect(internal.some(({ employeeNumber }) => typeof employeeNumber === 'string')).toBe(true)
  })

  it('is complete without the scope, and says once what is missing', async () => {
    const scopes = ['spark-admin:licenses_read', 'spark-admin:people_read']
    const { code, stderr } = await run(['report', '--format', 'json'], await organization({ scopes }, { scim: true }))
    expect(code).toBe(0)
    expect(linesAbout(said(stderr), 'people_read')).toEqual([
      expect.stringMatching(
        /^webex: the list of people in the directory lacks the list of the accounts of the identity service: .*identity:people_read/,
      ),
    ])
  })
})
