import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, judgeRequest, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { type LicenseOperation, readAssignmentRequest, type SiteOperation } from './assignment-request.ts'
import { issuesWith } from './assignment-rules.ts'
import { type AssignedPerson, sitesAfter, stateAfter } from './assignment-state.ts'
import { type AssignmentBehaviour, type Judged, judge, writeOf } from './assignment-verdicts.ts'
import { badRequest, notFound, refuse, refusedAsAWhole, rejection, tooManyRequests, trackingIdOf } from './errors.ts'
import type { Operation } from './guard.ts'
import { hostSitesOf, type WebexOrganisation } from './organisation.ts'
import type { Tenancy } from './tenancy.ts'

const findPerson = (
  organisation: WebexOrganisation,
  personId: string | null | undefined,
  email: string | null | undefined,
): AssignedPerson | undefined => {
  const person = personId ? organisation.person(personId) : organisation.peopleByEmail(email ?? '')[0]
  return person === undefined ? undefined : { ...person, account: organisation.accountOf(person.id) }
}

const isSite = ({ licenses }: WebexOrganisation, siteUrl: string): boolean =>
  licenses.some((license) => 'siteUrl' in license && license.siteUrl === siteUrl)

/** Nobody can be made a host, nor an attendee of a site that is not the organisation's. Either case is taken. */
const isInvalid =
  (organisation: WebexOrganisation) =>
  ({ siteUrl, accountType }: SiteOperation): boolean =>
    accountType.toLowerCase() !== 'attendee' || !isSite(organisation, siteUrl)

/** In upper case, as live answers have it and the documentation does not. */
const siteRecords = (
  organisation: WebexOrganisation,
  licenses: readonly string[],
  attendeeSites: readonly string[],
) => [
  ...hostSitesOf(organisation, licenses).map((siteUrl) => ({ siteUrl, accountType: 'HOST' })),
  ...attendeeSites.map((siteUrl) => ({ siteUrl, accountType: 'ATTENDEE' })),
]

/** Carries out operations on somebody as they are by then. */
const carryOut = (organisation: WebexOrganisation, personId: string, operations: readonly LicenseOperation[]): void => {
  const person = findPerson(organisation, personId, undefined)
  if (person === undefined || operations.length === 0) return
  const { licenses, account } = stateAfter(organisation, person, operations)
  organisation.setLicenses(personId, licenses)
  organisation.setAccount(personId, account)
}

const assign = (
  request: SimulatedRequest,
  organisation: WebexOrganisation,
  person: AssignedPerson,
  operations: readonly LicenseOperation[],
  sites: readonly SiteOperation[],
  behaviour: AssignmentBehaviour,
): Answer => {
  const verdict = judgeRequest(
    behaviour.writes,
    operations.map((operation) => writeOf(person, operation)),
  )
  if (verdict.kind === 'throttle') return tooManyRequests(request, String(verdict.afterSeconds))
  if (verdict.kind === 'refuse') return refusedAsAWhole(request, verdict)
  const judgeOne = judge(organisation, person, behaviour.seats)
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
    if (each.afterMs) organisation.later(each.afterMs, () => carryOut(organisation, person.id, operationsOf(each)))
  }
  carryOut(organisation, person.id, done.filter(({ afterMs }) => !afterMs).flatMap(operationsOf))
  const account = organisation.accountOf(person.id)
  const attendeeSites = sitesAfter(account.attendeeSites, sites)
  if (sites.length > 0) organisation.setAccount(person.id, { ...account, attendeeSites })
  if (verdict.fails) return refuse(request, 500, 'Something went wrong on our side.')

  // What is only done later is said to be done all the same.
  const claimed = behaviour.ignoredWrites === 'claimed' ? judged.filter(({ failure }) => failure === undefined) : done
  const shown = stateAfter(organisation, person, claimed.flatMap(operationsOf))
  const { pendingLicenses } = shown.account
  const told = failures.filter(({ isTold }) => isTold).map(({ issue }) => issue)
  return json(
    {
      orgId: organisation.id,
      personId: person.id,
      email: person.email,
      licenses: shown.licenses,
      siteUrls: siteRecords(organisation, shown.licenses, attendeeSites),
      ...(person.type === 'EXTERNAL' ? { pendingLicenses, pendingSiteUrls: [] } : {}),
      ...(told.length === 0 ? {} : { errors: told, trackingId: trackingIdOf(request) }),
    },
    failures.length === 0 ? 200 : 206,
  )
}

const patch = (request: SimulatedRequest, tenancy: Tenancy, behaviour: AssignmentBehaviour): Answer => {
  const read = readAssignmentRequest(request)
  if (E.isLeft(read)) return badRequest(request, read.left)
  const { personId, email, orgId } = read.right
  const selected = tenancy.selectById(request, orgId)
  if (E.isLeft(selected)) return selected.left
  const organisation = selected.right
  const person = findPerson(organisation, personId, email)
  if (person === undefined) return notFound(request)
  const operations = read.right.licenses ?? []
  const sites = read.right.siteUrls ?? []
  const issues = [
    ...issuesWith(organisation, person.licenses, operations),
    ...sites
      .filter(isInvalid(organisation))
      .map(({ siteUrl }) => ({ errorCode: 400216, description: `Nobody can be an attendee of ${siteUrl}.` })),
  ]
  return issues.length > 0
    ? rejection(request, issues)
    : assign(request, organisation, person, operations, sites, behaviour)
}

/** Assigning licenses: one user a request, done in part where it cannot be done as a whole. */
export const assignmentOperations = (tenancy: Tenancy, behaviour: AssignmentBehaviour): Operation[] => [
  {
    method: 'PATCH',
    path: '/v1/licenses/users',
    anyOf: ['spark-admin:people_write'],
    handle: (request) => patch(request, tenancy, behaviour),
  },
]
