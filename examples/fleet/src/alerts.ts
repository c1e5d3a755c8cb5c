import {
  type CheckLimits,
  checkReport,
  createLicenseReport,
  type FindingRule,
  type LicenseReport,
  readBaseline,
  type Snapshot,
  toPromise,
} from 'seatlens'
import { renderCheck, textOf } from 'seatlens/render'
import type { Settings } from './settings.ts'

/** Rules that cost money, where the configuration names none. */
const DEFAULT_RULES: readonly FindingRule[] = ['over-assigned', 'inactive-holder', 'dormant-holder', 'unassigned-seats']

/** What a later check compares itself with. It names no person. */
export interface KeptBaseline {
  readonly schemaVersion: 1
  readonly kind: 'check'
  readonly items: readonly object[]
}

export interface Checked {
  readonly baseline: KeptBaseline
  /** A title and a few lines, as `seatlens check --format message` has them. Absent: nothing changed, or there was no check before. */
  readonly message?: string | undefined
}

export const reportOf = (snapshot: Pick<Snapshot, 'providers' | 'clock'>): Promise<LicenseReport> =>
  createLicenseReport({ findings: {}, clock: snapshot.clock })(snapshot.providers)()

/** Checks a snapshot, and compares the result with the check before. */
export const checkSnapshot = async (
  report: LicenseReport,
  before: unknown,
  { check = {} }: Pick<Settings, 'check'>,
): Promise<Checked> => {
  const limits: CheckLimits = {
    ...check,
    failOn: (check.failOn as readonly FindingRule[] | undefined) ?? DEFAULT_RULES,
  }
  const known = before === undefined ? undefined : await toPromise(readBaseline(before))
  const result = checkReport(report, limits, known === undefined ? {} : { baseline: known })
  const baseline: KeptBaseline = {
    schemaVersion: 1,
    kind: 'check',
    items: result.items.map(({ id, verdict, rule, provider, findingGroup, seats, inUse, purchased }) => ({
      ...{ id, verdict, rule, provider, findingGroup, seats, inUse, purchased },
    })),
  }
  if (known === undefined) return { baseline }
  const message = (await textOf(await renderCheck(result, { format: 'message' }))).trim()
  return message === '' ? { baseline } : { baseline, message }
}

const WITHIN_MS = 10_000

/** Posts a message to where chats and mail gateways take one: `{"text": "…"}`. Rejects without the address, which is a secret. */
export const postAlert = async (url: string, text: string, signal: AbortSignal): Promise<void> => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
  }).catch(() => {
    throw new Error('the address of alerts could not be reached')
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`the address of alerts answered with ${answer.status}`)
}
