import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { jsonBodyOf, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'

const optional = <C extends t.Mixed>(codec: C) => t.union([codec, t.null, t.undefined])

const Operation = t.keyof({ add: null, remove: null }, 'Operation')

const Properties = t.partial(
  { locationId: optional(t.string), phoneNumber: optional(t.string), extension: optional(t.string) },
  'Properties',
)

const LicenseOperation = t.intersection(
  [t.type({ id: t.string }), t.partial({ operation: optional(Operation), properties: optional(Properties) })],
  'LicenseOperation',
)
export type LicenseOperation = t.TypeOf<typeof LicenseOperation>

const SiteOperation = t.intersection(
  [t.type({ siteUrl: t.string, accountType: t.string }), t.partial({ operation: optional(Operation) })],
  'SiteOperation',
)
export type SiteOperation = t.TypeOf<typeof SiteOperation>

const PatchUserLicenses = t.partial(
  {
    email: optional(t.string),
    personId: optional(t.string),
    orgId: optional(t.string),
    licenses: optional(t.array(LicenseOperation)),
    siteUrls: optional(t.array(SiteOperation)),
  },
  'PatchUserLicenses',
)
type PatchUserLicenses = t.TypeOf<typeof PatchUserLicenses>

/** What `PATCH /licenses/users` asks for, or what is wrong with its shape. */
export const readAssignmentRequest = (request: SimulatedRequest): Either<string, PatchUserLicenses> => {
  const body = jsonBodyOf(request)
  if (E.isLeft(body)) return E.left('The request body is not JSON.')
  if (!PatchUserLicenses.is(body.right)) return E.left('The request body is not what is documented.')
  const { email, personId, licenses, siteUrls } = body.right
  if (!email && !personId) return E.left('The email or the personId is required.')
  const changes = (licenses ?? []).length + (siteUrls ?? []).length
  return changes === 0 ? E.left('The licenses or the siteUrls are required.') : E.right(body.right)
}
