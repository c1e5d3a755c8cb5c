import * as t from 'io-ts'
import { optional } from '../../contract/shapes.ts'
import type { Codec } from '../../model/codec.ts'
import { codecOf } from '../../model/decoder.ts'
import { demandNone, problemsIn } from '../../model/invalid-input.ts'
import type * as reports from '../license-report.ts'

const SomeText = t.refinement(t.string, (text) => text.trim() !== '', 'a text that is not empty')

const shape: t.Type<reports.Exemption> = t.refinement(
  t.partial(
    { license: optional(SomeText), user: optional(SomeText), provider: optional(SomeText), source: optional(SomeText) },
    'Exemption',
  ),
  ({ license, user }) => license !== undefined || user !== undefined,
  'an exemption that names a license or a user',
)

/** One that names neither a license nor a user would exempt everything. */
export const Exemption: Codec<reports.Exemption> = codecOf(shape)
export type Exemption = reports.Exemption

const Exemptions = codecOf(t.readonlyArray(shape, 'a list of exemptions'))

/** Throws a `LicenseException` with a failure for each mistake in exemptions as a caller hands them in. */
export const demandExemptions = (option: string, exemptions: readonly reports.Exemption[]): void => {
  demandNone(problemsIn(Exemptions, option, exemptions))
}
