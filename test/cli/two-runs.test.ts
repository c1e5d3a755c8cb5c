import { copyFile, link, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator, type WebexSimulator, webexLicenseId } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import type { FaultProgram, RequestLog } from '../../src/simulator-kit/index.ts'
import { start } from './support/child.ts'
import { newFolder, run } from './support/run.ts'

interface Vendor {
  readonly configuration: object
  readonly faults: FaultProgram
  readonly requests: RequestLog
}

const meetings = webexLicenseId({
  organizationUuid: 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b',
  offerCode: 'EE',
  uuid: '1',
})

const vendors = [
  {
    type: 'genesys',
    license: 'cx2',
    write: { method: 'POST', path: '/api/v2/license/organization' },
    begin: async (): Promise<Vendor> => {
      const simulator = await startGenesysSimulator({
        world: {
          definitions: [{ id: 'cx1' }, { id: 'cx2' }],
          licenseRows: [{ id: 'a1', licenses: ['cx1'] }],
          directory: [{ id: 'a1', name: 'Ada', email: 'ada@example.com' }],
        },
      })
      onTestFinished(() => simulator.destroy())
      return simulator
    },
  },
  {
    type: 'webex',
    license: meetings,
    write: { method: 'PATCH', path: '/v1/licenses/users' },
    begin: async (): Promise<Vendor> => {
      const simulator: WebexSimulator = await startWebexSimulator({
        world: {
          organization: { uuid: 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b', name: 'Example' },
          licenses: [{ id: meetings, name: 'Meetings', totalUnits: 10, subscriptionId: 'Sub1' }],
          people: [{ id: 'a1', email: 'ada@example.com', licenses: [] }],
        },
      })
      onTestFinished(() => simulator.stop())
      return simulator
    },
  },
]

/** How else the same plan, or its journal, may be named. */
const ways: readonly (readonly [string, (folder: string) => Promise<readonly string[]>])[] = [
  ['the same command', async () => ['plan.json']],
  [
    'a hard link to the plan',
    async (folder) => {
      await link(join(folder, 'plan.json'), join(folder, 'hard.json'))
      return ['hard.json']
    },
  ],
  [
    'a symbolic link to the plan',
    async (folder) => {
      await symlink('plan.json', join(folder, 'soft.json'))
      return ['soft.json']
    },
  ],
  [
    'a copy of the plan',
    async (folder) => {
      await copyFile(join(folder, 'plan.json'), join(folder, 'copy.json'))
      return ['copy.json']
    },
  ],
  [
    'a symbolic link to the journal',
    async (folder) => {
      await symlink('plan.json.journal', join(folder, 'other.journal'))
      return ['plan.json', '--journal', 'other.journal']
    },
  ],
  ['another journal', async () => ['plan.json', '--journal', 'second.journal']],
]

describe.each(vendors)(
  'two runs of one plan for $type at once, in two processes',
  ({ type, license, write, begin }) => {
    let vendor: Vendor
    let folder: string
    const configuration = () => ({ providers: [{ id: 'only', type, ...vendor.configuration }] })

    beforeEach(async () => {
      vendor = await begin()
      folder = await newFolder()
      await writeFile(join(folder, 'seatlens.json'), JSON.stringify(configuration()))
      const args = ['plan', '--assign', license, '--user', 'ada@example.com', '--output', 'plan.json']
      const planned = await run(args, { registry, configuration: configuration(), folder })
      if (planned.code !== 0) throw new Error(planned.stderr)
    })

    /** A run in a process of its own, which stands still in the middle of the request that changes something. */
    const atWork = async () => {
      const child = start(['apply', 'plan.json', '--yes'], folder)
      onTestFinished(() => void child.process.kill('SIGKILL'))
      const fault = vendor.faults.add({
        match: { ...write, times: 1 },
        effect: {
          kind: 'rewrite',
          rewrite: (answer) => {
            child.process.kill('SIGSTOP')
            return answer
          },
        },
      })
      await expect.poll(fault.strikes).toBe(1)
      return child
    }

    it('one runs, the others are told so and send nothing, whatever names they use', { timeout: 60_000 }, async () => {
      const others: (readonly [string, readonly string[]])[] = []
      for (const [way, prepare] of ways) others.push([way, ['apply', ...(await prepare(folder)), '--yes']])
      others.push(['taking it back', ['undo', 'plan.json.journal', '--yes']])
      const first = await atWork()
      for (const [way, args] of others) {
        const told = await run(args, { registry, configuration: configuration(), folder })
        expect(told, way).toMatchObject({ code: 2, stderr: expect.stringMatching(/another run is at work with this/) })
      }
      first.process.kill('SIGCONT')
      expect(await first.finished).toMatchObject({ code: 0 })
      expect(vendor.requests.count(write)).toBe(1)
      const left = await readdir(folder)
      expect(left.filter((name) => name.endsWith('.lock'))).toEqual([])
      // Those that were told to wait have written down nothing, and leave no file.
      expect(left.filter((name) => name.endsWith('.journal')).sort()).toEqual(['other.journal', 'plan.json.journal'])
    })
  },
)
