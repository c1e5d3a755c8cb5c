import type { LicensedUser } from '../../model/licensed-user.ts'
import type { LicenseLabels } from '../../report/license-labels.ts'
import type { Surface } from '../text/surface.ts'

/** A license that somebody holds, by its id and by what people call it. */
export interface HeldLicense {
  readonly id: string
  /** The id where the definitions could not be read or lack it. */
  readonly name: string
  readonly productCode?: string
}

/** What one provider knows of a person. */
export interface PersonInProvider extends Omit<LicensedUser, 'raw'> {
  readonly licenses: readonly HeldLicense[]
}

export type RenderPerson = (person: readonly PersonInProvider[], surface: Surface, labels: LicenseLabels) => string

/** Every format of what one person holds, loaded on demand. */
export const personFormats = {
  table: async () => (await import('./person-table.ts')).renderPersonTable,
  json: async () => (await import('./person-json.ts')).renderPersonJson,
} satisfies Record<string, () => Promise<RenderPerson>>

export type PersonFormatName = keyof typeof personFormats
