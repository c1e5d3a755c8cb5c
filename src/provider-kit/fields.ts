/** The fields of a provider's configuration. One description of a field is for checking, documentation and environment variables. */
export {
  type JsonSchema,
  oneOf,
  plainText,
  positiveInteger,
  type Setting,
  type Settings,
  type SettingValues,
  secretText,
  structured,
  text,
  textMatching,
  webAddress,
} from './setting.ts'
