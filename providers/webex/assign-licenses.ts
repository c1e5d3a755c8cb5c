import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Answers,
  type CallingProperties,
  type Http,
  type LicenseError,
  type RequestScope,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import { ASSIGN_LICENSES } from './assignment-refusals.ts'
import { type AccountSite, codeText, Issues, idsIn, UserLicenses as UserLicensesBody } from './codecs.ts'
import { answerOfAnother, LICENSE_OF_ANOTHER } from './own-organization.ts'
import { PEOPLE_WRITE } from './scopes.ts'

/** One license to give to a user or to remove. */
export type LicenseOperation =
  /** A calling license needs a phone number or an extension, and without a phone number a location. */
  | { readonly id: string; readonly operation: 'add'; readonly properties?: CallingProperties | undefined }
  | { readonly id: string; readonly operation: 'remove' }

/** The attendee account of a user on one meeting site, to add or to remove. */
export interface SiteOperation {
  readonly siteUrl: string
  /** Hosts are made by assigning the license of the site. */
  readonly accountType: 'attendee'
  readonly operation: 'add' | 'remove'
}

/** The changes for one user, who must exist. The organization is that of the configuration. */
export type PatchUserLicenses = ({ readonly email: string } | { readonly personId: string }) & {
  readonly licenses?: readonly LicenseOperation[] | undefined
  readonly siteUrls?: readonly SiteOperation[] | undefined
}

/** A meeting site of a user, and the kind of account there. */
export interface UserSite {
  readonly siteUrl: string
  readonly accountType: 'attendee' | 'host' | 'unknown'
}

/** Something that was not done, in an answer that something else was. */
export interface LicenseIssue {
  readonly errorCode?: string | undefined
  readonly description?: string | undefined
}

/** What the vendor says a user holds after a change. */
export interface UserLicenses {
  /** 206: some of it was done, and some was not. */
  readonly status: number
  readonly orgId?: string | undefined
  readonly personId?: string | undefined
  readonly email?: string | undefined
  /** All licenses of the organization that the user now holds; absent where the vendor does not say, which does not mean none. */
  readonly licenses?: readonly string[] | undefined
  /** Of users outside of the organization, until they accept. */
  readonly pendingLicenses: readonly string[]
  readonly siteUrls: readonly UserSite[]
  readonly pendingSiteUrls: readonly UserSite[]
  /** The vendor announces them for a 206, and documents none. */
  readonly errors: readonly LicenseIssue[]
  readonly correlationId?: string | undefined
}

/** Changes the licenses of one user: `PATCH /v1/licenses/users`. Needs `spark-admin:people_write`. */
export type AssignLicenses = (body: PatchUserLicenses, scope?: RequestScope) => TaskEither<LicenseError, UserLicenses>

/** Documented in lower case, seen in upper case. */
const siteOf = ({ siteUrl, accountType }: AccountSite): UserSite => {
  const type = accountType?.toLowerCase()
  return { siteUrl, accountType: type === 'attendee' || type === 'host' ? type : 'unknown' }
}

/** The vendor does not document these. The rest of the answer must not depend on them. */
const issuesIn = (errors: unknown): readonly LicenseIssue[] =>
  Issues.is(errors)
    ? errors.map(({ errorCode, description }) => ({
        errorCode: codeText(errorCode),
        description: description ?? undefined,
      }))
    : []

const readAnswer = (
  { provider, organization, secrets }: WebexAccess,
  response: Http.HttpResponse,
): E.Either<LicenseError, UserLicenses> => {
  const { status, content, header } = response
  const ownIn = (ids: readonly string[]) => idsIn(ids).filter((id) => !organization.isOfAnother(id))
  return pipe(
    // Accepted without a word about what the user holds now.
    content === 'none'
      ? E.right<LicenseError, UserLicensesBody>({})
      : Answers.readBody(provider, ASSIGN_LICENSES, UserLicensesBody, response),
    E.filterOrElse(
      ({ orgId }) => !organization.isAnother(orgId),
      () => answerOfAnother(provider, ASSIGN_LICENSES, status),
    ),
    E.map(({ orgId, personId, email, licenses, errors, trackingId, ...body }) => ({
      status,
      orgId: orgId ?? undefined,
      personId: personId ?? undefined,
      email: email ?? undefined,
      licenses: licenses ? ownIn(licenses) : undefined,
      pendingLicenses: ownIn(body.pendingLicenses ?? []),
      siteUrls: (body.siteUrls ?? []).map(siteOf),
      pendingSiteUrls: (body.pendingSiteUrls ?? []).map(siteOf),
      errors: issuesIn(errors),
      ...Answers.vendorWords({ correlationId: trackingId ?? header('trackingid') }, secrets),
    })),
  )
}

/** Only what is documented is sent, whatever else the given objects have. */
const bodyOf = (user: PatchUserLicenses, orgId: string | undefined) => ({
  ...('personId' in user ? { personId: user.personId } : { email: user.email }),
  orgId,
  licenses: user.licenses?.map((license) => {
    const { id, operation } = license
    if (license.operation === 'remove' || license.properties === undefined) return { id, operation }
    const { locationId, phoneNumber, extension } = license.properties
    return { id, operation, properties: { locationId, phoneNumber, extension } }
  }),
  siteUrls: user.siteUrls?.map(({ siteUrl, accountType, operation }) => ({ siteUrl, accountType, operation })),
})

export const assignLicensesOver =
  (access: WebexAccess): AssignLicenses =>
  (user, scope = {}) => {
    const { provider, orgId, organization, send } = access
    const { licenses = [], siteUrls = [] } = user
    const named = 'personId' in user ? user.personId : user.email
    const refuse = (message: string): TaskEither<LicenseError, never> =>
      TE.left({ _tag: 'RequestRejected', provider, operation: ASSIGN_LICENSES, message })
    if (named.trim() === '') return refuse('no user is named')
    if (licenses.length + siteUrls.length === 0) return refuse('there is nothing to change')
    if (licenses.some(({ id }) => organization.isOfAnother(id))) return refuse(LICENSE_OF_ANOTHER)
    const numbers = licenses.flatMap((license) =>
      license.operation === 'add' ? (license.properties?.phoneNumber ?? []) : [],
    )
    return pipe(
      send(
        {
          method: 'PATCH',
          path: '/licenses/users',
          json: bodyOf(user, orgId),
          // Adding what is held and removing what is not leave everything as it is, so that a repeat does no harm.
          repeatable: true,
          bodyOptional: true,
          // Of people, and perhaps echoed in an error.
          secrets: 'email' in user ? [user.email, ...numbers] : numbers,
          needs: PEOPLE_WRITE,
        },
        scope,
      ),
      TE.flatMapEither((response) => readAnswer(access, response)),
    )
  }
