export * from './assignment-change.ts'
export {
  type Capabilities,
  conditional,
  everythingSupported,
  type LicenseField,
  type NotStated,
  type Operation,
  type Stated,
  type Support,
  supported,
  supportOf,
  type UserField,
  unsupported,
} from './capabilities.ts'
export * from './declared-license.ts'
export * from './declared-licenses.ts'
export * from './delegate.ts'
export * from './find-users.ts'
export * from './license-provider.ts'
export * from './list-holders.ts'
export { declarationsById } from './match-declarations.ts'
export * from './once-per-license.ts'
export * from './price.ts'
export * from './to-promise.ts'
export * from './user-lookup.ts'
