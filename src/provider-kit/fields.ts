/** The fields of a provider's configuration: each is recognized, documented and read from the environment by one description. */
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
