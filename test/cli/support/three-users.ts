import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { type GenesysSimulator, startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'
import { registry } from '../../../src/cli/registry.ts'
import { newFolder, type RunOptions, run } from './run.ts'

export const ids = { ada: 'a1', bob: 'b1', cleo: 'c1', ada2: 'a2' }

/** Ada holds `cx1`, Bob `cx3`, Cleo nothing. */
export const world = {
  definitions: [{ id: 'cx1' }, { id: 'cx2' }, { id: 'cx3', description: 'CX 3' }],
  licenseRows: [
    { id: ids.ada, licenses: ['cx1'] },
    { id: ids.bob, licenses: ['cx3'] },
  ],
  directory: [
    { id: ids.ada, name: 'Ada', email: 'ada@example.com' },
    { id: ids.bob, name: 'Bob', email: 'bob@example.com' },
    { id: ids.cleo, name: 'Cleo', email: 'cleo@example.com' },
  ],
}

type Settings = Parameters<typeof startGenesysSimulator>[0]

/** For the tests of one file, anew for each: a simulated organization, and the command line in a folder beside it. */
export const threeUsers = () => {
  let simulator: GenesysSimulator
  let folder: string

  beforeEach(async () => {
    simulator = await startGenesysSimulator({ world })
    folder = await newFolder()
  })
  afterEach(() => simulator.destroy())

  const seatlens = (args: readonly string[], options: RunOptions = {}) =>
    run(args, {
      registry,
      configuration: { providers: [{ id: 'genesys', type: 'genesys', ...simulator.configuration }] },
      folder,
      ...options,
    })
  const read = (name: string) => readFile(join(folder, name), 'utf8')
  return {
    simulator: () => simulator,
    /** Puts another organization in the place of the first one. */
    startWith: async (settings: Settings): Promise<GenesysSimulator> => {
      await simulator.destroy()
      simulator = await startGenesysSimulator(settings)
      return simulator
    },
    folder: () => folder,
    seatlens,
    file: (name: string, text: string) => writeFile(join(folder, name), text),
    read,
    held: (id: string) => [...simulator.organization.licensesOf(id)].sort(),
    writes: () => simulator.requests.count({ method: 'POST', path: '/api/v2/license/organization' }),
    /** Makes a plan, keeps it as `plan.json` and returns it. */
    planned: async (...args: readonly string[]) => {
      const made = await seatlens(['plan', ...args, '--output', 'plan.json'])
      if (made.code !== 0) throw new Error(made.stderr)
      return JSON.parse(await read('plan.json'))
    },
  }
}
