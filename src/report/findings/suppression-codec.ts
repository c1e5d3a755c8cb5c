import * as t from 'io-ts'
import { optional } from '../../contract/shapes.ts'
import type { Codec } from '../../model/codec.ts'
import { codecOf } from '../../model/decoder.ts'
import { demandNone, problemsIn } from '../../model/invalid-input.ts'
import { isDay } from '../../model/moment.ts'
import type * as reports from '../license-report.ts'

const SomeText = t.refinement(t.string, (text) => text.trim() !== '', 'a text that is not empty')
const Day = t.refinement(t.string, isDay, 'a day such as "2026-12-31"')

const shape: t.Type<reports.Suppression> = t.refinement(
  t.intersection(
    [
      t.type({ reason: SomeText }),
      t.partial({
        id: optional(SomeText),
        rule: optional(SomeText),
        provider: optional(SomeText),
        license: optional(SomeText),
        user: optional(SomeText),
        until: optional(Day),
        source: optional(SomeText),
      }),
    ],
    'Suppression',
  ),
  ({ id, rule, provider, license, user }) => [id, rule, provider, license, user].some((name) => name !== undefined),
  'a suppression that names a finding, rule, provider, license or user',
)

/**
 * A suppression that is none by mistake would accept more than was meant, or for longer: it has a reason, and
 * names something. */
export const Suppression: Codec<reports.Suppression> = codecOf(shape)
export type Suppression = reports.Suppression

const Suppressions = codecOf(t.readonlyArray(shape, 'a list of suppressions'))

/** Throws a `LicenseException` with a failure for each mistake in suppressions as a caller hands them in. */
export const demandSuppressions = (option: string, suppressions: readonly reports.Suppression[]): void => {
  demandNone(problemsIn(Suppressions, option, suppressions))
}
