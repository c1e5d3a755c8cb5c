import { maskForms } from '../../model/mask.ts'
import { formsOf } from '../../model/secret-forms.ts'

/**
 * All secrets that a provider ever had: configured, new, rotated or shared ones. A secret stays in the book when it is
 * replaced, as a vendor may repeat an old one.
 */
export interface SecretBook {
  readonly add: (...secrets: readonly string[]) => void
  /**
   * Foreign text, safe for messages: at most 500 characters, with the secrets of the book in every form, e-mail addresses and
   * possible credentials masked. `others`: further secrets, for this text only.
   */
  readonly mask: (text: string, others?: readonly string[]) => string
}

export const createSecretBook = (...secrets: readonly string[]): SecretBook => {
  const known = new Set<string>()
  const forms = new Set<string>()
  const add: SecretBook['add'] = (...added) => {
    for (const secret of added) {
      if (known.has(secret)) continue
      known.add(secret)
      for (const form of formsOf(secret)) forms.add(form)
    }
  }
  add(...secrets)
  return { add, mask: (text, others = []) => maskForms(text, [...forms, ...others.flatMap(formsOf)]) }
}
