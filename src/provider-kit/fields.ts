/**
 * The fields of a provider's configuration. One description of a field is for checking, documentation and environment
 * variables. For programs that read configurations: what is wrong with the fields of one, in words that never show a
 * secret.
 */

export { shownName, shownText } from '../model/shown-text.ts'
export { type FieldsToCheck, problemOfUnknown, problemsOfFields } from './check-fields.ts'
export { found, foundKind } from './configuration-problem.ts'
export { type GivenConfigOptions, givenConfig } from './given-config.ts'
export {
  day,
  type FieldDescription,
  flag,
  flawOf,
  type JsonSchema,
  oneOf,
  plainText,
  positiveInteger,
  providerId,
  type Setting,
  type Settings,
  type SettingValues,
  secretText,
  structured,
  text,
  textMatching,
  webAddress,
  wholeNumber,
} from './setting.ts'
