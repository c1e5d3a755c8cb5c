import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, judgeRequest, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { type LicenseOperation, readAssignmentRequest, type SiteOperation } from './assignment-request.ts'
import { issuesWith } from './assignment-rules.ts'
import { type AssignedPerson, sitesAfter, stateAfter } from './assignment-state.ts'
import { type AssignmentBehavior, type Judged, judge, writeOf } from './assignment-verdicts.ts'
import { badRequest, notFound, refuse, refusedAsAWhole, rejection, tooManyRequests, trackingIdOf } from './errors.ts'
import type { Operation } from './guard.ts'
import { hostSitesOf, type WebexOrganization } from './organization.ts'
import type { Tenancy } from './tenancy.ts'

const findPerson = (
  organization: WebexOrganization,
  personId: string | null | undefined,
  email: string | null | undefined,
): AssignedPerson | undefined => {
  const person = personId ? organization.person(personId) : organization.peopleByEmail(email ?? '')[0]
  return person === undefined ? undefined : { ...person, account: organization.accountOf(person.id) }
}

const isSite = ({ licenses }: WebexOrganization, siteUrl: string): boolean =>
  licenses.some((license) => 'siteUrl' in license && license.siteUrl === siteUrl)

/** A user cannot be made a host, nor an attendee of a site of another organization. Capitals or not are the same. */
const isInvalid =
  (organization: WebexOrganization) =>
  ({ siteUrl, accountType }: SiteOperation): boolean =>
    accountType.toLowerCase() !== 'attendee' || !isSite(organization, siteUrl)

/** In upper case, as live answers have it and the documentation does not. */
const siteRecords = (
  organization: WebexOrganization,
  licenses: readonly string[],
  attendeeSites: readonly string[],
) => [
  ...hostSitesOf(organization, licenses).map((siteUrl) => ({ siteUrl, accountType: 'HOST' })),
  ...attendeeSites.map((siteUrl) => ({ siteUrl, accountType: 'ATTENDEE' })),
]

/** Carries out operations on a user as the user is by then. */
const carryOut = (organization: WebexOrganization, personId: string, operations: readonly LicenseOperation[]): void => {
  const person = findPerson(organization, personId, undefined)
  if (person === undefined || operations.length === 0) return
  const { licenses, account } = stateAfter(organization, person, operations)
  organization.setLicenses(personId, licenses)
  organization.setAccount(personId, account)
}

const assign = (
  request: SimulatedRequest,
  organization: WebexOrganization,
  person: AssignedPerson,
  operations: readonly LicenseOperation[],
  sites: readonly SiteOperation[],
  behavior: AssignmentBehavior,
): Answer => {
  const verdict = judgeRequest(
    behavior.writes,
    operations.map((operation) => writeOf(person, operation)),
  )
  if (verdict.kind === 'throttle') return tooManyRequests(request, String(verdict.afterSeconds))
  if (verdict.kind === 'refuse') return refusedAsAWhole(request, verdict)
  const judgeOne = judge(organization, person, behavior.seats)
  const judged = operations.map((operation, place) =>
    judgeOne(operation, verdict.verdicts[place] ?? { kind: 'leaveOut' }),
  )
  const failures = judged.flatMap(({ failure }) => failure ?? [])
  if (failures.length > 0 && failures.length === operations.length + sites.length) {
    return rejection(
      request,
      failures.map(({ issue }) => issue),
    )
  }
  const done = judged.filter(({ failure, ignored }) => failure === undefined && ignored === undefined)
  const operationsOf = ({ operation, besides = [] }: Judged) => [operation, ...besides]
  for (const each of done) {
    if (each.afterMs) organization.later(each.afterMs, () => carryOut(organization, person.id, operationsOf(each)))
  }
  carryOut(organization, person.id, done.filter(({ afterMs }) => !afterMs).flatMap(operationsOf))
  const account = organization.accountOf(person.id)
  const attendeeSites = sitesAfter(account.attendeeSites, sites)
  if (sites.length > 0) organization.setAccount(person.id, { ...account, attendeeSites })
  if (verdict.fails) return refuse(request, 500, 'Something went wrong on our side.')

  // What is only done later is said to be done all the same.
  const claimed = behavior.ignoredWrites === 'claimed' ? judged.filter(({ failure }) => failure === undefined) : done
  const shown = stateAfter(organization, person, claimed.flatMap(operationsOf))
  const { pendingLicenses } = shown.account
  const told = failures.filter(({ isTold }) => isTold).map(({ issue }) => issue)
  return json(
    {
      orgId: organization.id,
      personId: person.id,
      email: person.email,
      licenses: shown.licenses,
      siteUrls: siteRecords(organization, shown.licenses, attendeeSites),
      ...(person.type === 'EXTERNAL' ? { pendingLicenses, pendingSiteUrls: [] } : {}),
      ...(told.length === 0 ? {} : { errors: told, trackingId: trackingIdOf(request) }),
    },
    failures.length === 0 ? 200 : 206,
  )
}

const patch = (request: SimulatedRequest, tenancy: Tenancy, behavior: AssignmentBehavior): Answer => {
  const read = readAssignmentRequest(request)
  if (E.isLeft(read)) return badRequest(request, read.left)
  const { personId, email, orgId } = read.right
  const selected = tenancy.selectById(request, orgId)
  if (E.isLeft(selected)) return selected.left
  const organization = selected.right
  const person = findPerson(organization, personId, email)
  if (person === undefined) return notFound(request)
  const operations = read.right.licenses ?? []
  const sites = read.right.siteUrls ?? []
  const issues = [
    ...issuesWith(organization, person.licenses, operations),
    ...sites
      .filter(isInvalid(organization))
      .map(({ siteUrl }) => ({ errorCode: 400216, description: `There are no attendees of ${siteUrl}.` })),
  ]
  return issues.length > 0
    ? rejection(request, issues)
    : assign(request, organization, person, operations, sites, behavior)
}

/** Assigning licenses: one user a request, done in part where it cannot be done as a whole. */
export const assignmentOperations = (tenancy: Tenancy, behavior: AssignmentBehavior): Operation[] => [
  {
    method: 'PATCH',
    path: '/v1/licenses/users',
    anyOf: ['spark-admin:people_write'],
    handle: (request) => patch(request, tenancy, behavior),
  },
]
