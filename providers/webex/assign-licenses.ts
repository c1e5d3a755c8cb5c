import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  decode,
  type HttpRequest,
  type HttpResponse,
  type LicenseError,
  type RequestScope,
  readBody,
  urlOf,
  vendorWords,
} from '../../src/provider-kit/index.ts'
import type { WebexAccess } from './access.ts'
import { ASSIGN_LICENSES } from './assignment-refusals.ts'
import { type AccountSite, Issues, idsIn, UserLicenses as UserLicensesBody } from './codecs.ts'
import { answerOfAnother, LICENSE_OF_ANOTHER } from './own-organisation.ts'

/** What a calling license needs to know: a phone number or an extension, and without a phone number a location. */
export interface LicenseProperties {
  readonly locationId?: string
  /** In E.164 form. */
  readonly phoneNumber?: string
  readonly extension?: string
}

export type LicenseOperation =
  | { readonly id: string; readonly operation: 'add'; readonly properties?: LicenseProperties }
  | { readonly id: string; readonly operation: 'remove' }

export interface SiteOperation {
  readonly siteUrl: string
  /** Hosts are made by assigning the license of the site. */
  readonly accountType: 'attendee'
  readonly operation: 'add' | 'remove'
}

/** What is to change for one user, who exists already. The organisation is that of the configuration. */
export type PatchUserLicenses = ({ readonly email: string } | { readonly personId: string }) & {
  readonly licenses?: readonly LicenseOperation[]
  readonly siteUrls?: readonly SiteOperation[]
}

export interface UserSite {
  readonly siteUrl: string
  readonly accountType: 'attendee' | 'host' | 'unknown'
}

/** Something that was not done, in an answer that something else was. */
export interface LicenseIssue {
  readonly errorCode?: string
  readonly description?: string
}

/** What the vendor says a user holds after a change. */
export interface UserLicenses {
  /** 206: some of it was done, and some was not. */
  readonly status: number
  readonly orgId?: string
  readonly personId?: string
  readonly email?: string
  /** All licenses of the organisation that the user now holds; absent where the vendor does not say, which does not mean none. */
  readonly licenses?: readonly string[]
  /** Of users outside of the organisation, until they accept. */
  readonly pendingLicenses: readonly string[]
  readonly siteUrls: readonly UserSite[]
  readonly pendingSiteUrls: readonly UserSite[]
  /** The vendor announces them for a 206, and documents none. */
  readonly errors: readonly LicenseIssue[]
  readonly correlationId?: string
}

export type AssignLicenses = (body: PatchUserLicenses, scope?: RequestScope) => TaskEither<LicenseError, UserLicenses>

const PEOPLE_WRITE = ['spark-admin:people_write']

/** Documented in lower case, seen in upper case. */
const siteOf = ({ siteUrl, accountType }: AccountSite): UserSite => {
  const type = accountType?.toLowerCase()
  return { siteUrl, accountType: type === 'attendee' || type === 'host' ? type : 'unknown' }
}

const present = <K extends string, A>(name: K, value: A | null | undefined): Partial<Record<K, A>> => {
  const member: Partial<Record<K, A>> = {}
  if (value !== null && value !== undefined) member[name] = value
  return member
}

/** Nobody documents these, and what the answer is worth must not depend on them. */
const issuesIn = (errors: unknown): readonly LicenseIssue[] => {
  const decoded = decode(Issues, errors)
  return E.isLeft(decoded)
    ? []
    : decoded.right.map(({ errorCode, description }) => ({
        ...present('errorCode', errorCode === null || errorCode === undefined ? undefined : String(errorCode)),
        ...present('description', description),
      }))
}

/** Accepted without a word about what the user holds now. */
const silent = ({ status }: HttpResponse): UserLicenses => ({
  status,
  pendingLicenses: [],
  siteUrls: [],
  pendingSiteUrls: [],
  errors: [],
})

const bodyIn = (
  { provider, organisation }: WebexAccess,
  response: HttpResponse,
): E.Either<LicenseError, UserLicenses> => {
  const ownIn = (ids: readonly string[]) => idsIn(ids).filter((id) => !organisation.isOfAnother(id))
  return pipe(
    readBody(provider, ASSIGN_LICENSES, UserLicensesBody, response),
    E.map((body) => ({
      status: response.status,
      ...present('orgId', body.orgId),
      ...present('personId', body.personId),
      ...present('email', body.email),
      ...present('licenses', body.licenses === null || body.licenses === undefined ? undefined : ownIn(body.licenses)),
      pendingLicenses: ownIn(body.pendingLicenses ?? []),
      siteUrls: (body.siteUrls ?? []).map(siteOf),
      pendingSiteUrls: (body.pendingSiteUrls ?? []).map(siteOf),
      errors: issuesIn(body.errors),
      ...present('correlationId', body.trackingId),
    })),
  )
}

const readAnswer = (access: WebexAccess, response: HttpResponse): E.Either<LicenseError, UserLicenses> =>
  pipe(
    response.content === 'none' ? E.right(silent(response)) : bodyIn(access, response),
    E.map(({ correlationId = response.header('trackingid'), ...answer }) => ({
      ...answer,
      ...vendorWords({ correlationId }, access.secrets),
    })),
  )

/** Only what is documented is sent, whatever else the given objects have. */
const bodyOf = (user: PatchUserLicenses, orgId: string | undefined) => ({
  ...('personId' in user ? { personId: user.personId } : { email: user.email }),
  orgId,
  licenses: user.licenses?.map((license) => {
    if (license.operation === 'remove') return { id: license.id, operation: license.operation }
    const { id, operation, properties } = license
    if (properties === undefined) return { id, operation }
    const { locationId, phoneNumber, extension } = properties
    return { id, operation, properties: { locationId, phoneNumber, extension } }
  }),
  siteUrls: user.siteUrls?.map(({ siteUrl, accountType, operation }) => ({ siteUrl, accountType, operation })),
})

/** Of people, and perhaps echoed in an error. */
const secretsIn = (user: PatchUserLicenses): readonly string[] => [
  ...('email' in user ? [user.email] : []),
  ...(user.licenses ?? []).flatMap((license) =>
    license.operation === 'add' ? (license.properties?.phoneNumber ?? []) : [],
  ),
]

const isNobody = (user: PatchUserLicenses): boolean => ('personId' in user ? user.personId : user.email).trim() === ''

export const assignLicensesOver =
  (access: WebexAccess): AssignLicenses =>
  (user, scope = {}) => {
    const { provider, apiUrl, orgId, organisation, transport } = access
    const rejected = (message: string) =>
      TE.left<LicenseError>({ _tag: 'RequestRejected', provider, operation: ASSIGN_LICENSES, message })
    if (isNobody(user)) return rejected('no user is named')
    if ((user.licenses ?? []).length + (user.siteUrls ?? []).length === 0) return rejected('there is nothing to change')
    if (user.licenses?.some(({ id }) => organisation.isOfAnother(id))) return rejected(LICENSE_OF_ANOTHER)
    const request: HttpRequest = {
      operation: ASSIGN_LICENSES,
      method: 'PATCH',
      url: urlOf(apiUrl, '/licenses/users'),
      json: bodyOf(user, orgId),
      // Adding what is held and removing what is not leave everything as it is, so that a repeat does no harm.
      repeatable: true,
      bodyOptional: true,
      secrets: secretsIn(user),
      needs: PEOPLE_WRITE,
    }
    return pipe(
      transport(request, scope),
      TE.flatMapEither((response) => readAnswer(access, response)),
      TE.filterOrElse(
        (answer) => !organisation.isAnother(answer.orgId),
        ({ status }) => answerOfAnother(provider, ASSIGN_LICENSES, status),
      ),
    )
  }
