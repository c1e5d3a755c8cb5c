import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import {
  type Answer,
  json,
  jsonBodyOf,
  judgeRequest,
  type LicenseWrite,
  type SimulatedRequest,
  type WriteScript,
  type WriteVerdict,
} from '../../../src/simulator-kit/index.ts'
import { badRequest, refuse, tooManyRequests } from './errors.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization } from './organization.ts'

export interface WriteOptions {
  readonly script: WriteScript
  /** Purchased seats by license id; assigning beyond them is refused. Licenses that are not named have no limit. */
  readonly seats: ReadonlyMap<string, number>
}

const AssignmentRequest = t.type(
  { licenseId: t.string, userIdsAdd: t.array(t.string), userIdsRemove: t.array(t.string) },
  'LicenseAssignmentRequest',
)
const BatchRequest = t.type({ assignments: t.array(AssignmentRequest) }, 'LicenseBatchAssignmentRequest')
type BatchRequest = t.TypeOf<typeof BatchRequest>

/** The vendor does not document the values of `result`; these are made up. */
const DONE = 'SUCCESS'
const failed = (code: string, message: string) => `FAILURE: ${code}: ${message}`

const OUT_OF_SEATS = failed('conflict', 'No license of this type is available.')

const writesOf = ({ assignments }: BatchRequest): readonly LicenseWrite[] =>
  assignments.flatMap(({ licenseId, userIdsAdd, userIdsRemove }) => [
    ...userIdsRemove.map((userId): LicenseWrite => ({ userId, licenseId, action: 'remove' })),
    ...userIdsAdd.map((userId): LicenseWrite => ({ userId, licenseId, action: 'assign' })),
  ])

/** Gives licenses to a user and takes others; a user for whom that is nothing stays as they are. */
const change = (
  organization: GenesysOrganization,
  userId: string,
  gives: readonly string[],
  takes: readonly string[],
): void => {
  const held = organization.licensesOf(userId)
  const lost = takes.filter((id) => held.includes(id))
  const gained = gives.filter((id) => !held.includes(id))
  if (lost.length + gained.length === 0) return
  organization.setLicenses(userId, [...held.filter((id) => !lost.includes(id)), ...gained])
}

/** Why a write cannot be done, as the `result` of its row. */
const problemWith = (
  organization: GenesysOrganization,
  { userId, licenseId, action }: LicenseWrite,
  seats: number | undefined,
): string | undefined => {
  if (!organization.knows(userId)) return failed('not.found', 'The user was not found.')
  if (action === 'remove' || organization.licensesOf(userId).includes(licenseId)) return undefined
  if (organization.definition(licenseId) === undefined) return failed('not.found', 'The license was not found.')
  return seats !== undefined && organization.holderCount(licenseId) >= seats ? OUT_OF_SEATS : undefined
}

/** Carries out one write as it is to be, and gives the `result` of its row; undefined where there is no row. */
const carryOut = (
  organization: GenesysOrganization,
  write: LicenseWrite,
  verdict: WriteVerdict,
  seats: number | undefined,
): string | undefined => {
  switch (verdict.kind) {
    case 'refuse':
      return failed(verdict.code ?? 'invalid.value', verdict.message ?? 'The update was refused.')
    case 'seatsOut':
      return verdict.message ?? OUT_OF_SEATS
    case 'ignore':
      return DONE
    case 'leaveOut':
      return undefined
    case 'do': {
      const problem = problemWith(organization, write, seats)
      if (problem !== undefined) return problem
      const { userId, licenseId, action } = write
      const gives = action === 'assign' ? [licenseId, ...verdict.gives] : verdict.gives
      const takes = action === 'remove' ? [licenseId, ...verdict.takes] : verdict.takes
      const act = () => change(organization, userId, gives, takes)
      if (verdict.afterMs > 0) organization.later(verdict.afterMs, act)
      else act()
      return DONE
    }
  }
}

const updateLicenses = (organization: GenesysOrganization, { script, seats }: WriteOptions): Operation => {
  const update = (request: SimulatedRequest, writes: readonly LicenseWrite[]): Answer => {
    const verdict = judgeRequest(script, writes)
    if (verdict.kind === 'throttle') return tooManyRequests(request, verdict.afterSeconds)
    if (verdict.kind === 'refuse') {
      const { status, code = 'invalid.value', message = 'The update was refused.' } = verdict
      return refuse(request, { status, code, message })
    }
    const rows = writes.flatMap((write, place) => {
      const { userId, licenseId } = write
      const result = carryOut(
        organization,
        write,
        verdict.verdicts[place] ?? { kind: 'leaveOut' },
        seats.get(licenseId),
      )
      return result === undefined ? [] : [{ userId, licenseId, result }]
    })
    return verdict.fails
      ? refuse(request, { status: 500, code: 'internal.server.error', message: 'The server encountered an error.' })
      : json(rows)
  }
  return {
    method: 'POST',
    path: '/api/v2/license/organization',
    anyOf: ['authorization:grant:add'],
    handle: (request) => {
      const body = jsonBodyOf(request)
      return E.isLeft(body) || !BatchRequest.is(body.right)
        ? badRequest(request, 'The request could not be understood by the server due to malformed syntax.')
        : update(request, writesOf(body.right))
    },
  }
}

/** The operations of the License API that change something, or used to. */
export const writeOperations = (organization: GenesysOrganization, options: WriteOptions): Operation[] => [
  updateLicenses(organization, options),
  {
    method: 'POST',
    path: '/api/v2/license/toggles/:featureName',
    handle: (request) => json({ featureName: request.params.featureName, enabled: true }),
  },
]
