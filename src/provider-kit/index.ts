/**
 * What a provider is made of: the contract, the vocabulary, paging, transport, decoding and configuration. A provider
 * imports this and nothing else of the core, whether it lives in this package or in another.
 */
export * from '../contract/index.ts'
export { oncePerLicense } from '../contract/once-per-license.ts'
export { answerOf, endsTheCall, lookUpEach, lookupOf, unlessAllFailed } from '../contract/user-lookup.ts'
export { groupedBy } from '../model/grouped-by.ts'
export * from '../model/index.ts'
export { holdingWords } from '../model/licensed-user.ts'
export { quantity } from '../model/quantity.ts'
export { wholeNumberOf } from '../model/whole-number.ts'
export { withDefaults } from '../model/with-defaults.ts'
export * from '../paging/index.ts'
export * from './answer-codecs.ts'
export * from './changes/index.ts'
export * from './decode.ts'
export * from './json-api.ts'
export * from './provider-definition.ts'
export * from './setting.ts'
export * from './token-store.ts'
export * from './transport/index.ts'
