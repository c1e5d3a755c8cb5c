import * as E from 'fp-ts/lib/Either.js'
import { type Answer, json, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { type LicenseOperation, readAssignmentRequest, type SiteOperation } from './assignment-request.ts'
import { issuesWith } from './assignment-rules.ts'
import { type AssignedPerson, sitesAfter, stateAfter } from './assignment-state.ts'
import { type AssignmentBehaviour, judge } from './assignment-verdicts.ts'
import { badRequest, notFound, rejection, trackingIdOf } from './errors.ts'
import type { Operation } from './guard.ts'
import type { WebexAccount, WebexOrganisation } from './organisation.ts'
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

/** Nobody can be made a host, nor an attendee of a site that is not the organisation's. */
const isInvalid =
  (organisation: WebexOrganisation) =>
  ({ siteUrl, accountType }: SiteOperation): boolean =>
    accountType !== 'attendee' || !isSite(organisation, siteUrl)

/** In upper case, as live answers have it and the documentation does not. */
const siteRecords = (organisation: WebexOrganisation, licenses: readonly string[], { attendeeSites }: WebexAccount) => [
  ...licenses.flatMap((id) => {
    const { siteUrl } = organisation.license(id) ?? {}
    return siteUrl === undefined ? [] : [{ siteUrl, accountType: 'HOST' }]
  }),
  ...attendeeSites.map((siteUrl) => ({ siteUrl, accountType: 'ATTENDEE' })),
]

const assign = (
  request: SimulatedRequest,
  organisation: WebexOrganisation,
  person: AssignedPerson,
  operations: readonly LicenseOperation[],
  sites: readonly SiteOperation[],
  behaviour: AssignmentBehaviour,
): Answer => {
  const verdicts = operations.map(judge(organisation, person, behaviour))
  const failures = verdicts.flatMap(({ failure }) => failure ?? [])
  if (failures.length > 0 && failures.length === operations.length + sites.length) {
    return rejection(
      request,
      failures.map(({ issue }) => issue),
    )
  }
  const done = verdicts.filter(({ failure, ignored }) => failure === undefined && ignored === undefined)
  const claimed = behaviour.ignoredWrites === 'claimed' ? verdicts.filter(({ failure }) => failure === undefined) : done
  const real = stateAfter(
    organisation,
    person,
    done.map(({ operation }) => operation),
  )
  organisation.setLicenses(person.id, real.licenses)
  organisation.setAccount(person.id, {
    ...real.account,
    attendeeSites: sitesAfter(real.account.attendeeSites, sites),
  })

  const shown = stateAfter(
    organisation,
    person,
    claimed.map(({ operation }) => operation),
  )
  const { pendingLicenses } = shown.account
  const told = failures.filter(({ isTold }) => isTold).map(({ issue }) => issue)
  return json(
    {
      orgId: organisation.id,
      personId: person.id,
      email: person.email,
      licenses: shown.licenses,
      siteUrls: siteRecords(organisation, shown.licenses, organisation.accountOf(person.id)),
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
