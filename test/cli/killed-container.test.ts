import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { builtCommandLine, start } from './support/child.ts'
import { folderWith } from './support/run.ts'

/** A process in a namespace of its own, where it is the first, as in a container. */
const firstProcess = ['unshare', '--fork', '--pid', '--mount-proc', '--kill-child']

const canBeFirst = (): boolean => {
  try {
    execFileSync(firstProcess[0] ?? '', [...firstProcess.slice(1), 'true'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

it.skipIf(!canBeFirst())(
  'an apply that is process 1 of a container, is killed and started again, goes on (needs a namespace of its own)',
  async () => {
    const simulator = await startGenesysSimulator({
      world: {
        definitions: [{ id: 'cx1' }],
        licenseRows: [],
        directory: [{ id: 'a1', name: 'Ada', email: 'ada@example.com' }],
      },
    })
    onTestFinished(() => simulator.destroy())
    const folder = await folderWith({ id: 'genesys', type: 'genesys', ...simulator.configuration })
    await start(['plan', '--assign', 'cx1', '--user', 'a1', '--output', 'plan.json'], folder).finished

    const apply = () => {
      const args = [...firstProcess.slice(1), process.execPath, builtCommandLine(), 'apply', 'plan.json', '--yes']
      const child = spawn(firstProcess[0] ?? '', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
      return { child, exited: once(child, 'exit').then(([code]) => code) }
    }
    const hanging = simulator.faults.add({
      match: { method: 'POST', path: '/api/v2/license/organization' },
      effect: { kind: 'hang' },
    })
    const killed = apply()
    await expect.poll(() => readdir(folder)).toContain('plan.json.journal.lock')
    killed.child.kill('SIGKILL')
    await killed.exited
    expect(await readdir(folder)).toContain('plan.json.journal.lock')
    hanging.remove()

    expect(await apply().exited).toBe(0)
    expect([...simulator.organization.licensesOf('a1')]).toEqual(['cx1'])
    expect(await readdir(folder)).not.toContain('plan.json.journal.lock')
  },
)
