import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { LicenseError } from '../../src/provider-kit/index.ts'
import type { UserExpansion, UserField } from './client.ts'
import type { GenesysConfig } from './config.ts'

/** Asks for records of users with further fields, and without those that the vendor refuses. */
export interface Expansion {
  readonly ask: <A>(request: (expansion: UserExpansion) => TaskEither<LicenseError, A>) => TaskEither<LicenseError, A>
  /** What was refused so far, for people. */
  readonly remarks: () => readonly string[]
}

const LOGIN: readonly UserField[] = ['dateLastLogin']
const SIGN_INS: readonly UserField[] = [...LOGIN, 'lasttokenissued']
const EXTENDED: readonly UserField[] = [...SIGN_INS, 'employerInfo', 'locations']

/** It lets credentials read the directory. Where it is missing, fewer fields are refused alike. */
const OF_DIRECTORY = 'directory:user:view'

/** Whether a request for fewer fields may be answered: the vendor documents no permission for fields, and could ask for one. */
const isRefusal = (error: LicenseError): boolean => {
  if (error._tag !== 'PermissionDenied') return error._tag === 'RequestRejected' && error.status === 400
  const { missing = [] } = error
  return missing.length > 0 && !missing.includes(OF_DIRECTORY)
}

const missingWithout = (fields: readonly UserField[]): readonly string[] => [
  ...(fields.includes('lasttokenissued')
    ? []
    : [
        'Genesys Cloud refused `expand=lasttokenissued`. The last activity of users is known by logins with a password only.' +
          ' To see who is active, set `"activity": "presence"`.',
      ]),
]

/** For one reading: a later one asks for everything again. */
export const openExpansion = ({ directory }: Pick<GenesysConfig, 'directory'>): Expansion => {
  const isExtended = directory === 'extended'
  const [wanted, ...fewer] = isExtended ? [EXTENDED, SIGN_INS, LOGIN] : [SIGN_INS, LOGIN]
  let fields: readonly UserField[] = wanted ?? LOGIN
  /** Whether the vendor has answered a request with these fields: what it refuses then is refused for another reason. */
  let isAccepted = false

  return {
    ask: (request) => async () => {
      const asked = fields
      const answer = await request({ expand: asked })()
      if (E.isRight(answer)) {
        if (asked === fields) isAccepted = true
        return answer
      }
      if (isAccepted || !isRefusal(answer.left)) return answer
      for (const less of fewer.filter(({ length }) => length < asked.length)) {
        const again = await request({ expand: less })()
        if (E.isRight(again)) {
          fields = less
          isAccepted = true
          return again
        }
        if (!isRefusal(again.left)) return again
      }
      return answer
    },
    remarks: () => [
      ...(isExtended && !fields.includes('employerInfo')
        ? [
            'Genesys Cloud refused `expand=employerInfo,locations`. Employee numbers, hire dates and locations are unknown.',
          ]
        : []),
      ...missingWithout(fields),
    ],
  }
}
