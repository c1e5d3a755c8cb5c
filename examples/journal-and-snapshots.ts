import { join } from 'node:path'
import {
  applyPlan,
  applyUndo,
  createLicenseReport,
  createPlan,
  createUndo,
  failureLines,
  takeSnapshot,
  toPromise,
} from 'seatlens'
import { openFileJournal, readSnapshotFolder, writeSnapshotFolder } from 'seatlens/node'
import { providers } from './providers.ts'

const [providerId, license = '', user = '', folder = '.'] = process.argv.slice(2)
const provider = providers.find(({ id }) => id === providerId)
if (provider === undefined) throw new Error('expected: PROVIDER LICENSE USER FOLDER')

// Keep everything in a folder that appears whole or not at all, and that only you can read.
const before = join(folder, 'before')
const kept = await writeSnapshotFolder(before, await toPromise(takeSnapshot([provider])))()
if (kept._tag === 'Left') throw new Error(kept.left.message)

// A snapshot is read back as providers. Reports, checks and plans work on it without a request.
const snapshot = await readSnapshotFolder(before)()
if (snapshot._tag === 'Left') throw new Error(snapshot.left.message)
const { clock } = snapshot.right
const report = await createLicenseReport({ clock })(snapshot.right.providers)()
console.log('kept', report.licenses.length, 'licenses')

const plan = await createPlan(provider, [{ source: 'the command line', action: 'assign', license, user }])()
if (plan._tag === 'Left') throw new Error(failureLines(plan.left).join('\n'))

// No other run can write this journal now, or apply a copy of this plan. After a crash, the same lines continue from the
// journal.
const open = async () => {
  const journal = await openFileJournal(join(folder, 'change.journal'))()
  if (journal._tag === 'Left') throw new Error(journal.left.message)
  return journal.right
}
const journal = await open()
const applied = await applyPlan(plan.right, provider, { journal, state: journal.state })()
await journal.close()
if (applied._tag === 'Left') throw new Error(failureLines(applied.left).join('\n'))
for (const change of applied.right.changes) console.log(change.result, change.license, change.user)

// To take it back, you need only the journal. It contains the plan.
const again = await open()
if (again.state === undefined) throw new Error('nothing was begun')
const undo = await createUndo(again.state, provider)()
if (undo._tag === 'Left') throw new Error(failureLines(undo.left).join('\n'))
const undone = await applyUndo(undo.right, provider, { journal: again, state: again.state })()
await again.close()
if (undone._tag === 'Left') throw new Error(failureLines(undone.left).join('\n'))
for (const change of undone.right.changes) console.log('taken back:', change.result, change.license, change.user)
