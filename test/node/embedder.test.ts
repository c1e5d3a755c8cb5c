import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGenesysProvider } from '../../providers/genesys/index.ts'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import {
  applyPlan,
  applyUndo,
  createPlan,
  createUndo,
  type LicenseProvider,
  type Plan,
  takeSnapshot,
  toPromise,
} from '../../src/index.ts'
import {
  type FileJournal,
  listSnapshotFolders,
  openFileJournal,
  readSnapshotFolder,
  writeSnapshotFolder,
} from '../../src/node/index.ts'
import { newFolder } from './new-folder.ts'

let simulator: GenesysSimulator
let provider: LicenseProvider
let folder: string

beforeEach(async () => {
  simulator = await startGenesysSimulator({
    world: {
      definitions: [{ id: 'cx1' }, { id: 'cx2' }],
      licenseRows: [{ id: 'a1', licenses: ['cx1'] }],
      directory: [{ id: 'a1', name: 'Ada', email: 'ada@example.com' }],
    },
  })
  const { clientId, clientSecret } = simulator.configuration
  provider = createGenesysProvider({
    region: 'mypurecloud.ie',
    clientId: String(clientId),
    clientSecret: String(clientSecret),
    apiUrl: simulator.url,
    loginUrl: simulator.url,
  })
  folder = await newFolder()
})
afterEach(() => simulator.destroy())

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

const planned = async (from: LicenseProvider): Promise<Plan> =>
  right(await createPlan(from, [{ source: 'a form', action: 'assign', license: 'cx2', user: 'ada@example.com' }])())

const journalPath = () => join(folder, 'journal')
const opened = async (): Promise<FileJournal> => right(await openFileJournal(journalPath())())

describe('an admin tool', () => {
  it('keeps a snapshot, plans, applies with a journal and takes back', async () => {
    const snapshots = join(folder, 'snapshots')
    right(await writeSnapshotFolder(join(snapshots, 'may'), await toPromise(takeSnapshot([provider])))())
    const [name = ''] = right(await listSnapshotFolders(snapshots)())
    const snapshot = right(await readSnapshotFolder(join(snapshots, name))())
    expect(snapshot.manifest.complete).toBe(true)
    expect(snapshot.providers.map(({ id }) => id)).toEqual([provider.id])

    const plan = await planned(provider)
    const journal = await opened()
    expect(journal.state).toBeUndefined()
    expect(right(await applyPlan(plan, provider, { journal })()).complete).toBe(true)
    await journal.close()
    expect(simulator.organization.licensesOf('a1')).toEqual(['cx1', 'cx2'])

    const again = await opened()
    const { state } = again
    if (state === undefined) throw new Error('nothing was written down')
    const undone = await applyUndo(right(await createUndo(state, provider)()), provider, { journal: again, state })()
    await again.close()
    expect(right(undone).complete).toBe(true)
    expect(simulator.organization.licensesOf('a1')).toEqual(['cx1'])
    expect((await readdir(folder)).sort()).toEqual(['journal', 'snapshots'])
  })

  it('is told as plain data that another run has the journal, or the plan with another journal', async () => {
    const plan = await planned(provider)
    const first = await opened()
    const second = await openFileJournal(journalPath(), { name: 'the journal of May' })()
    expect(second).toMatchObject({
      left: {
        _tag: 'AlreadyRunning',
        message: expect.stringMatching(/^the journal of May: another run is at work with/),
      },
    })
    expect(JSON.parse(JSON.stringify(second))).toEqual(second)
    const lease = await first.acquire(plan.hash)
    const other = right(await openFileJournal(join(folder, 'other'))())
    expect(await applyPlan(plan, provider, { journal: other })()).toMatchObject({ left: { _tag: 'AlreadyRunning' } })
    if (lease.kind === 'taken') await lease.release()
    await Promise.all([first.close(), other.close()])
  })

  it('is told why a journal cannot be had, and nothing is left open or locked', async () => {
    const failureOf = async (path: string, options = {}) => {
      const result = await openFileJournal(join(folder, path), { ...options, name: path })()
      return E.isLeft(result) ? result.left : undefined
    }
    expect(await failureOf('nowhere/journal')).toMatchObject({
      _tag: 'JournalUnavailable',
      message: 'nowhere/journal: cannot write the journal: there is no folder nowhere',
    })
    expect(await failureOf('journal', { mustExist: true })).toEqual({
      _tag: 'JournalUnavailable',
      message: 'journal: cannot read the journal: there is no such file',
      fault: 'notThere',
    })
    await writeFile(join(folder, 'plan.json'), JSON.stringify(await planned(provider)))
    expect(await failureOf('plan.json')).toMatchObject({
      _tag: 'InvalidInput',
      message: 'plan.json: it is a plan, and not the journal of one; expected plan.json.journal',
    })
    await writeFile(join(folder, 'latin'), Buffer.from('{"entry":"begin"}\n{"ü"}\n', 'latin1'))
    expect(await failureOf('latin')).toMatchObject({
      _tag: 'InvalidInput',
      path: 'line 2',
      message: 'latin: not a journal: line 2: not UTF-8',
    })
    expect((await readdir(folder)).sort()).toEqual(['latin', 'plan.json'])
  })

  it('goes on with a journal whose last line a crash cut off', async () => {
    const plan = await planned(provider)
    const journal = await opened()
    await journal.append({ entry: 'begin', plan })
    await journal.close()
    const text = await readFile(journalPath(), 'utf8')
    await writeFile(journalPath(), `${text}{"entry":"send`)
    const again = await opened()
    expect(right(await applyPlan(plan, provider, { journal: again, state: again.state })()).complete).toBe(true)
    await again.close()
    const last = await opened()
    await last.close()
    expect(last.state?.changes.get(0)).toMatchObject({ result: 'applied' })
  })
})
