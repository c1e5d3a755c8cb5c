import { isRecord } from '../model/is-record.ts'
import { type Capabilities, conditional, everythingSupported, type Support } from './capabilities.ts'

/** Of what a provider says nothing. */
const NOT_STATED = conditional('something that the provider does not state')

const isSupport = (value: unknown): value is Support => {
  if (!isRecord(value)) return false
  const { support, reason, on } = value
  if (support === 'unsupported') return typeof reason === 'string'
  return support === 'conditional' ? typeof on === 'string' : support === 'supported'
}

/** The members that there are to be, each as it is stated. */
const stated = <K extends string>(known: Readonly<Record<K, Support>>, value: unknown): Record<K, Support> => {
  const told: Readonly<Record<string, unknown>> = isRecord(value) ? value : {}
  const all: Record<K, Support> = { ...known }
  for (const key in known) {
    const support = told[key]
    all[key] = isSupport(support) ? support : NOT_STATED
  }
  return all
}

/**
 * What a provider states of itself, of any version and any origin: of what it leaves out, or says in a way that is not
 * known here, nothing is stated, which is `conditional`.
 */
export const statedCapabilities = (value: unknown): Capabilities => {
  const { operations, licenseFields, userFields } = isRecord(value)
    ? value
    : { operations: undefined, licenseFields: undefined, userFields: undefined }
  return {
    operations: stated(everythingSupported.operations, operations),
    licenseFields: stated(everythingSupported.licenseFields, licenseFields),
    userFields: stated(everythingSupported.userFields, userFields),
  }
}
