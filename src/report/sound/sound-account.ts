import { isRecord } from '../../model/is-record.ts'
import type { Gap, Ledger } from '../../model/ledger.ts'
import type { LicenseError } from '../../model/license-error.ts'
import { mended, onlyKnown } from '../../model/record-shape.ts'
import { errorShapeOf, gapShape, ledgerShape, ofKnownKind } from '../../model/shapes.ts'
import type { ListName } from '../../paging/paged.ts'
import { isText, textsOf } from './guards.ts'

/** The failure of a provider that broke the contract. What the provider gave is not shown: it may contain anything. */
export const unexpectedFailure = (name: ListName): LicenseError => ({
  _tag: 'Unavailable',
  ...name,
  message: 'the provider failed in an unexpected way',
  attempts: 1,
})

/**
 * A failure as the contract has it. Unknown members are left out, as they may be a request or a secret. Anything else than
 * a failure of the contract is an unexpected failure.
 */
export const soundError = (error: unknown, name: ListName): LicenseError => {
  const known = ofKnownKind(error)
  if (!isRecord(known) || !isText(known.message)) return unexpectedFailure(name)
  const ledger = soundLedger(known.ledger, name)
  const isOfKind = isText(known._tag) && !(known._tag === 'Incomplete' && ledger === undefined)
  const shape = errorShapeOf(isOfKind ? known._tag : undefined)
  const sound = mended<LicenseError>(
    shape,
    { ...known, ...(isOfKind ? {} : { _tag: 'Unavailable' }), ...(ledger === undefined ? {} : { ledger }) },
    { ...name, missing: textsOf(known.missing), issues: textsOf(known.issues), attempts: 1 },
  )
  return sound === undefined ? unexpectedFailure(name) : { ...onlyKnown(shape, sound), provider: name.provider }
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
  return mended<Ledger>(ledgerShape, { ...ledger, gaps }, { omits: textsOf(ledger.omits) })
}
