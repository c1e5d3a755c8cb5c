import { isRecord } from '../../model/is-record.ts'
import type { Gap, Ledger } from '../../model/ledger.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { mended, onlyKnown } from '../../model/record-shape.ts'
import { errorShapeOf, gapShape, ledgerShape, ofKnownKind } from '../../model/shapes.ts'
import { thrownText } from '../../model/thrown-text.ts'
import type { ListName } from '../../paging/paged.ts'
import { isText, textsOf } from './guards.ts'

/** The failure of a provider that broke the contract. `why` has nothing of what the provider gave: it may contain anything. */
export const brokenContract = (name: ListName, why: string): LicenseError => ({
  _tag: 'Unavailable',
  ...name,
  message: `the provider broke its contract: ${why}`,
  attempts: 1,
})

/** The same, with the text of what the provider threw, masked. */
export const thrownByProvider = (name: ListName, thrown: unknown): LicenseError =>
  brokenContract(name, thrownText(thrown))

/**
 * A failure as the contract has it. Unknown members are left out, as they may be a request or a secret. Anything else than
 * a failure of the contract is an unexpected failure.
 */
export const soundError = (error: unknown, name: ListName): LicenseError => {
  const known = ofKnownKind(error)
  const noFailure = brokenContract(name, 'it failed with something that is no LicenseError')
  if (!isRecord(known) || !isText(known.message)) return noFailure
  const ledger = soundLedger(known.ledger, name)
  const isOfKind = isText(known._tag) && !(known._tag === 'Incomplete' && ledger === undefined)
  const shape = errorShapeOf(isOfKind ? known._tag : undefined)
  const sound = mended<LicenseError>(
    shape,
    { ...known, ...(isOfKind ? {} : { _tag: 'Unavailable' }), ...(ledger === undefined ? {} : { ledger }) },
    { ...name, missing: textsOf(known.missing), issues: textsOf(known.issues), attempts: 1 },
  )
  return sound === undefined ? noFailure : { ...onlyKnown(shape, sound), provider: name.provider }
}

const soundGap = (gap: unknown, name: ListName): Gap | undefined => {
  if (!isRecord(gap)) return undefined
  const sound = mended<Gap>(gapShape, gap, { error: soundError(gap.error, name) })
  return sound?.error === undefined ? sound : { ...sound, error: soundError(sound.error, name) }
}

const soundGaps = (gaps: unknown, name: ListName): readonly Gap[] | undefined => {
  if (!Array.isArray(gaps)) return undefined
  const sound = gaps.flatMap((gap) => soundGap(gap, name) ?? [])
  return sound.length === gaps.length ? sound : undefined
}

/** The ledger of a list as the contract has it; undefined if it does not say whether the list is complete. */
export const soundLedger = (ledger: unknown, name: ListName): Ledger | undefined => {
  if (!isRecord(ledger)) return undefined
  const gaps = soundGaps(ledger.gaps, name)
  if (gaps === undefined) return undefined
  const sound = mended<Ledger>(ledgerShape, { ...ledger, gaps }, { omits: textsOf(ledger.omits) })
  const isContradicted = sound?.verdict === 'complete' && sound.total !== undefined && sound.total !== sound.items
  // A list is complete only if the vendor's total is what came.
  return isContradicted ? { ...sound, verdict: 'mismatch' } : sound
}
