import { open } from 'node:fs/promises'
import { applyPlan, createJournal, createPlan, describeError, failureLines } from 'seatlens'
import { providers } from './providers.ts'

const [providerId, license = '', user = '', journalFile = 'change.journal'] = process.argv.slice(2)
const provider = providers.find(({ id }) => id === providerId)
if (provider === undefined) throw new Error('expected: PROVIDER LICENSE USER')

// A plan says what would change, and its effect. Nothing is changed yet.
const plan = await createPlan(provider, [{ source: 'the command line', action: 'assign', license, user }])()
if (plan._tag === 'Left') throw new Error(failureLines(plan.left).join('\n'))
for (const { message } of plan.right.warnings) console.log('warning:', message)

// Each step is on the disk before and after it, so that a later run can continue (`readJournal`). If several processes
// share a store, give it a lease: `createJournal(append, { acquire })`.
const file = await open(journalFile, 'ax', 0o600)
const journal = createJournal(async (lines) => {
  await file.appendFile(lines)
  await file.sync()
})
const applied = await applyPlan(plan.right, provider, { journal })()
if (applied._tag === 'Left') throw new Error(failureLines(applied.left).join('\n'))
for (const change of applied.right.changes) {
  console.log(change.result, change.license, change.user)
  if (change.result === 'refused' || change.result === 'unknown') console.log(describeError(change.reason))
}
await file.close()
