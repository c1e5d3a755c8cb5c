/** Comparing names, addresses and moments as Seatlens does: what a user or a license is called, and what it is meant by. */
export * from './addresses.ts'
export { didYouMean } from './did-you-mean.ts'
export { foldedText, trimmedText } from './folded-text.ts'
export * from './match-licenses.ts'
export * from './meant-by-address.ts'
export { isDay, momentOf, toldMomentOf } from './moment.ts'
export { textPattern } from './text-pattern.ts'
