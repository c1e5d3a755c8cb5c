import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'vitest'
import type { License, LicenseProvider } from '../../src/index.ts'
import {
  applyPlan,
  createJournal,
  createPlan,
  failureLines,
  type Intent,
  type JournalledChange,
  type Plan,
  type PlanResult,
  readJournal,
} from '../../src/plan/index.ts'
import { leaksIn } from './findings.ts'
import { numberIn, runs, seedOfRun } from './programme.ts'
import { createTally, type Tally } from './tally.ts'
import { type WriteSchedule, writeSchedules } from './write-schedule.ts'
import { type WriteStage, type WriteTarget, writeTargets } from './write-target.ts'

type Holdings = ReturnType<WriteStage['holdings']>

/** Licenses that any user may hold or lose by themselves: no calling, and nothing that comes with the account. */
const isFree = ({ id, purchased, productCode }: License): boolean =>
  purchased.kind !== 'notApplicable' && !/^(BC|FSS)/.test(productCode ?? '') && id !== ''

/** A plan of removals, swaps and additions for users of the organisation. */
const planOf = async (
  provider: LicenseProvider,
  before: Holdings,
  { picks }: WriteSchedule,
): Promise<Plan | undefined> => {
  const licenses: string[] = []
  for await (const license of provider.listLicenses()) if (isFree(license)) licenses.push(license.id)
  const users = [...before].filter(([, held]) => held.size > 0)
  const intents = new Map<string, Intent>()
  for (const pick of picks) {
    const [user, held] = users[pick % users.length] ?? ['', new Set<string>()]
    const ours = licenses.filter((id) => held.has(id))
    const others = licenses.filter((id) => !held.has(id))
    const from = ours[pick % Math.max(1, ours.length)]
    const to = others[pick % Math.max(1, others.length)]
    const source = 'the schedule'
    if (pick % 3 === 0 && from !== undefined) intents.set(user, { source, action: 'remove', license: from, user })
    else if (pick % 3 === 1 && from !== undefined && to !== undefined)
      intents.set(user, { source, action: 'swap', license: from, to, user })
    else if (to !== undefined) intents.set(user, { source, action: 'assign', license: to, user })
  }
  const made = await createPlan(provider, [...intents.values()])()
  if (E.isRight(made)) return made.right
  // For example the one license that goes with another at no price.
  if (made.left.every(({ _tag }) => _tag !== 'Unreadable')) return undefined
  throw new Error(failureLines(made.left).join('; '))
}

/** What must be true of what is said of a plan, whatever went wrong. */
const wrongIn = (result: PlanResult, before: Holdings, after: Holdings): readonly string[] => {
  const findings: string[] = []
  const planned = new Set<string>()
  for (const { userId, user, licenseId, license, action, result: told } of result.changes) {
    planned.add(JSON.stringify([userId, licenseId]))
    const so = (after.get(userId)?.has(licenseId) ?? false) === (action === 'assign')
    const what = `${action} ${license} ${user} is ${told}`
    if ((told === 'applied' || told === 'alreadySo') && !so) findings.push(`${what}, and it is not so`)
    if ((told === 'refused' || told === 'notSent' || told === 'drifted') && so) findings.push(`${what}, and it is so`)
  }
  for (const [id, held] of after) {
    const was = before.get(id) ?? new Set<string>()
    for (const license of new Set([...held, ...was])) {
      if (held.has(license) !== was.has(license) && !planned.has(JSON.stringify([id, license]))) {
        findings.push(`${license} of ${id} was changed, and nobody asked for it`)
      }
    }
  }
  const { counts, complete, verified } = result
  const fine = counts.applied + counts.alreadySo + counts.pending
  if (complete !== (verified && fine === result.changes.length)) findings.push('complete without being so')
  return findings
}

/** A journal as a file would have it. */
const textJournal = () => {
  let text = ''
  const journal = createJournal(async (lines) => {
    text += lines
  })
  const changes = async (): Promise<ReadonlyMap<number, JournalledChange> | undefined> => {
    const read = await readJournal(text)()
    if (E.isLeft(read)) throw new Error(read.left)
    return read.right?.changes
  }
  return { journal, changes, text: () => text }
}

const findingsOf = async (target: WriteTarget, schedule: WriteSchedule, tally: Tally): Promise<readonly string[]> => {
  const stage = await target.stage(schedule)
  try {
    const { provider, clock } = stage
    const before = stage.holdings()
    const plan = await planOf(provider, before, schedule)
    if (plan === undefined || plan.changes.length === 0) return []
    const kept = textJournal()
    const apply = async () =>
      applyPlan(plan, provider, { clock, journal: kept.journal, journalled: await kept.changes() })

    stage.goWrong(plan.changes)
    const first = await apply()
    const findings = [...leaksIn([E.isLeft(first) ? first.left : undefined, stage.events], stage.secrets())]
    if (E.isRight(first)) {
      findings.push(...wrongIn(first.right, before, stage.holdings()))
      for (const { result } of first.right.changes) tally.checked(result, 1)
    } else {
      tally.checked('not read', 0)
      if (stage.holdings().size > 0) findings.push(...unlike(stage.holdings(), before, 'although nothing was read'))
    }

    // When all is well again, the same plan converges.
    stage.goRight()
    const second = await apply()
    if (E.isLeft(second)) return [...findings, `it cannot be read any more: ${failureLines(second.left).join('; ')}`]
    findings.push(...wrongIn(second.right, before, stage.holdings()))
    if (!second.right.complete)
      findings.push(`applied again it is not complete: ${JSON.stringify(second.right.counts)}`)
    const secrets = stage.secrets().filter((secret) => kept.text().includes(secret))
    return [...findings, ...secrets.map(() => 'a secret is in the journal')]
  } finally {
    tally.schedule()
    for (const { kind, strikes } of stage.strikes()) tally.struck(kind, strikes())
    await stage.stop()
  }
}

const unlike = (after: Holdings, before: Holdings, why: string): readonly string[] =>
  [...after].flatMap(([id, held]) =>
    [...held].sort().join() === [...(before.get(id) ?? [])].sort().join() ? [] : [`${id} was changed, ${why}`],
  )

const HOUR_MS = 3_600_000

test.each(writeTargets)(
  '$name: whatever goes wrong, what is said to be done is done, what is said not to be is not, and the plan converges',
  { timeout: HOUR_MS },
  async (target) => {
    const seed = numberIn('SEATLENS_FAULT_SEED') ?? seedOfRun
    const tally = createTally('changes')
    const property = fc.asyncProperty(writeSchedules, async (schedule) => {
      const findings = await findingsOf(target, schedule, tally)
      if (findings.length === 0) return
      tally.wrong()
      console.info(`${findings.slice(0, 5).join('; ')}: ${JSON.stringify(schedule)} (SEATLENS_FAULT_SEED=${seed})`)
      throw new Error(`${findings.slice(0, 5).join('; ')} (SEATLENS_FAULT_SEED=${seed})`)
    })
    try {
      await fc.assert(property, { seed, numRuns: runs(0.05) })
    } finally {
      console.info(tally.text(target.name))
    }
  },
)
