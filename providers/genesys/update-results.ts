import { Answers, type AssignmentChange, type Changes, type Http } from '../../src/provider-kit/index.ts'
import { type LicenseUpdates, UPDATE_LICENSES } from './update-licenses.ts'

/**
 * The vendor documents no value of `result`. These are plain in any vendor's mouth; what is neither is not taken for a
 * yes, and what the user holds decides.
 */
const SAYS_YES = new Set(
  'success successful successfully succeeded ok done complete completed accepted applied updated assigned unassigned added removed granted revoked pending queued processing scheduled'.split(
    ' ',
  ),
)
const SAYS_NO = new Set(
  'fail fails failed failure unsuccessful error errors denied refused rejected declined forbidden unauthorized invalid unsupported unable cannot conflict missing false no not none out limit quota insufficient unavailable exhausted exceeded exceeds'.split(
    ' ',
  ),
)

/** `NO_SEATS`, `noSeats` and `No seats.` are the same words. */
const wordsIn = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)

const meaningOf = (text: string): 'yes' | 'no' | 'unclear' => {
  const words = wordsIn(text)
  if (words.some((word) => SAYS_NO.has(word))) return 'no'
  return words.some((word) => SAYS_YES.has(word)) ? 'yes' : 'unclear'
}

/** What was said of a change, as text, whatever its kind; undefined where that is nothing. */
const textOf = (result: unknown): string | undefined =>
  typeof result === 'string' ? result.trim() || undefined : JSON.stringify(result ?? undefined)

const keyOf = ({ userId, licenseId }: Pick<AssignmentChange, 'userId' | 'licenseId'>) =>
  JSON.stringify([userId, licenseId])

/** What the vendor says of each change. Its words are learned from what turns out to be done: from then on they are a yes. */
export const createResultReader = ({ provider, secrets }: Http.ApiAccess) => {
  const wordsOfSuccess = new Set<string>()

  return ({ records, silent, correlationId }: LicenseUpdates): Changes.Answered => {
    const results = new Map(records.map((row) => [keyOf(row), textOf(row.result)]))
    return {
      replyTo: (change) => {
        const result = results.get(keyOf(change))
        const words = Answers.vendorWords({ message: result, correlationId }, secrets)
        const meaning = result === undefined ? 'unclear' : wordsOfSuccess.has(result) ? 'yes' : meaningOf(result)
        if (silent === true || meaning === 'yes') return { kind: 'accepted', words }
        const state = change.action === 'assign' ? 'the license is not there' : 'the license is still there'
        const message =
          result === undefined
            ? `the vendor's answer does not mention it, and ${state}`
            : `${state}, and the vendor's words may say why`
        const about = { provider, operation: UPDATE_LICENSES, message, ...words }
        return { kind: meaning === 'no' ? 'declined' : 'unclear', reason: { _tag: 'RequestRejected', ...about } }
      },
      onDone: (change) => {
        const result = results.get(keyOf(change))
        if (result !== undefined) wordsOfSuccess.add(result)
      },
    }
  }
}
