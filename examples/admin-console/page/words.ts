import { type Capacity, type Cost, describeError, type LicenseError, type ProviderReport } from 'seatlens'
import { costText, numberText, quantity, timeText } from 'seatlens/render'
import type { PlanState, Report } from '../shared/api.ts'
import { Refused } from './api.ts'
import { type Child, h } from './dom.ts'

export { monthlyText, numberText, quantity } from 'seatlens/render'

const { timeZone } = Intl.DateTimeFormat().resolvedOptions()

/** A time in the reader's zone. */
export const time = (iso: string): HTMLElement => h('time', { datetime: iso }, timeText(iso, timeZone))

const why = (text: string, reason: string): HTMLElement =>
  h('details', { class: 'why' }, h('summary', {}, text), reason)

/** Known, at least so many, unknown, unlimited and not applicable are five different things. */
export const count = (value: Capacity): Child => {
  if (value.kind === 'known') return numberText(value.value)
  if (value.kind === 'unlimited') return 'unlimited'
  if (value.kind === 'notApplicable') return '–'
  return why(value.atLeast === undefined ? 'unknown' : `≥ ${numberText(value.atLeast)}`, value.reason)
}

export const cost = (value: Cost | undefined): Child => {
  if (value === undefined) return 'no price'
  return value.kind === 'unknown' ? why(costText(value), value.reason) : costText(value)
}

/** What a person can do about a failure of a vendor. */
const vendorAdvice: Readonly<Record<string, string>> = {
  AuthenticationFailed: 'Check the credentials of this provider in the configuration of the server.',
  PermissionDenied: 'Ask an administrator of the vendor to grant the missing permission.',
  RateLimited: 'The vendor asks for a pause. Try again in a few minutes.',
  Unavailable: 'The vendor does not answer. Try again in a few minutes.',
  DeadlineExceeded: 'It took too long. Try again, at a quieter time if it happens again.',
  Incomplete: 'A list changed while it was read. Read again.',
}

export const failureText = (failure: LicenseError): string =>
  `${describeError(failure)}. ${vendorAdvice[failure._tag] ?? ''}`.replace(/\.\. /, '. ').trim()

const advice: Readonly<Record<string, string>> = {
  ...vendorAdvice,
  Drifted: 'The seats are not as they were when the plan was made. Make a new plan.',
  Expired: 'The plan is too old. Make a new plan.',
  Unreadable: 'Try again.',
  AlreadyRunning: 'The progress is shown here.',
  NothingToFix: 'Choose other findings.',
  NotFound: 'Check the address, or choose another tenant.',
  TooLarge: 'Select fewer findings.',
  OperatorsOnly: 'Ask an operator of this tenant.',
  Stopping: 'Try again in a minute.',
  UnknownFinding: 'The findings have changed. Read them again.',
  Defect: 'Try again. If it fails again, tell the administrator of this server.',
}

export const adviceFor = (code: string): string => advice[code] ?? ''

/** What went wrong and what to do, in words. */
export const errorText = (error: unknown): string => {
  if (error instanceof Refused) {
    const { message } = error
    return `${message}${/[.!?]$/.test(message) ? '' : '.'} ${adviceFor(error.code)}`.trim()
  }
  // `fetch` throws a TypeError where there was no answer at all.
  if (error instanceof TypeError) return 'The server does not answer. Check your network, then try again.'
  return `The page has failed: ${error instanceof Error ? error.message : String(error)}. Load it again.`
}

export const notice = (kind: 'bad' | 'warm' | 'good' | 'plain', ...children: readonly Child[]): HTMLElement =>
  h('div', { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : 'status' }, ...children)

export const providerName = (report: Pick<Report, 'providers'>, id: string): string =>
  report.providers.find((provider) => provider.id === id)?.displayName ?? id

const gapTexts = ({ ledgers }: ProviderReport): readonly string[] =>
  Object.values(ledgers).flatMap((ledger) => ledger?.gaps.map(({ what, reason }) => `${what}: ${reason}`) ?? [])

/** Why a report is not whole. The other numbers of the report hold. */
export const incompleteNotices = ({ providers }: Report): readonly HTMLElement[] =>
  providers.flatMap((provider) => {
    const { displayName, status, error } = provider
    if (status === 'complete') return []
    const texts = error === undefined ? gapTexts(provider) : [failureText(error)]
    return [
      notice(
        status === 'failed' ? 'bad' : 'warm',
        h('strong', {}, status === 'failed' ? `${displayName} could not be read.` : `${displayName} is partial.`),
        h(
          'ul',
          {},
          [...new Set(texts)].slice(0, 5).map((text) => h('li', {}, text)),
        ),
        h('p', {}, 'Its numbers are unknown, not zero. The numbers of the other providers hold.'),
      ),
    ]
  })

export const stateTexts: Readonly<Record<PlanState, string>> = {
  planned: 'Planned. Nothing was changed yet.',
  applying: 'The plan is being applied. You may close this page: the work goes on.',
  interrupted: 'The work was interrupted. Continue it: every change is made once.',
  applied: 'Applied.',
  'applied with failures': 'Applied, but not in full.',
  undoing: 'The changes are being taken back. You may close this page: the work goes on.',
  'undo interrupted': 'Taking back was interrupted. Continue it.',
  undone: 'Taken back. The users hold what they held before.',
  'undone with failures': 'Taken back, but not in full.',
}

export const outcomeTexts: Readonly<Record<string, string>> = {
  applied: 'done',
  alreadySo: 'was so already',
  pending: 'waits at the vendor',
  refused: 'refused',
  unknown: 'unknown',
  takenBack: 'taken back',
}

/** `Remove 24 seats and assign 2`. */
export const changesText = (changes: readonly { readonly action: string }[]): string => {
  const removed = changes.filter(({ action }) => action === 'remove').length
  const added = changes.length - removed
  const parts = [
    removed > 0 && `remove ${quantity(removed, 'seat')}`,
    added > 0 && `assign ${quantity(added, 'seat')}`,
  ].filter((part) => part !== false)
  return parts.join(' and ')
}
