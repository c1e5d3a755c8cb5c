/** Users by reference: what became of looking for each of many. */
export { answerOf, endsTheCall, lookUpEach, lookupOf, unlessAllFailed } from '../contract/user-lookup.ts'
