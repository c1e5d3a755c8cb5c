import type { Changes, License } from '../../src/provider-kit/index.ts'
import { idKey } from './hydra-id.ts'

/** How the list of licenses writes their ids, so that what people hold is named as it is there. */
export interface LicenseSpellings {
  readonly learn: (licenses: readonly Pick<License, 'id'>[]) => void
  /** The same user. License ids that the list does not have stay as they are. */
  readonly spelled: <A extends Pick<Changes.Holdings, 'licenseIds'>>(user: A) => A
}

export const createLicenseSpellings = (): LicenseSpellings => {
  const listed = new Map<string, string>()
  const spell = (id: string): string => listed.get(idKey(id)) ?? id
  return {
    learn: (licenses) => {
      for (const { id } of licenses) listed.set(idKey(id), id)
    },
    spelled: (user) => Object.assign({}, user, { licenseIds: user.licenseIds.map(spell) }),
  }
}
