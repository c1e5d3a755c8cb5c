/** Looking up users by reference. */
export { endsTheCall, lookUpEach, lookupOf } from '../contract/user-lookup.ts'
