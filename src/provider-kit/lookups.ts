/** Looking up users by reference. */
export { answerOf, endsTheCall, lookUpEach, lookupOf, unlessAllFailed } from '../contract/user-lookup.ts'
