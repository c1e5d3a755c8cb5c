import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import {
  type Answer,
  json,
  jsonBodyOf,
  type LicenseWrite,
  type SimulatedRequest,
  type WriteEffect,
  type WriteScript,
} from '../../../src/simulator-kit/index.ts'
import { badRequest } from './errors.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganisation } from './organisation.ts'

export interface WriteOptions {
  readonly script: WriteScript
  /** Seats bought, by license id; assigning beyond them is refused. Licenses that are not named have no limit. */
  readonly seats: ReadonlyMap<string, number>
}

const AssignmentRequest = t.type(
  { licenseId: t.string, userIdsAdd: t.array(t.string), userIdsRemove: t.array(t.string) },
  'LicenseAssignmentRequest',
)
const BatchRequest = t.type({ assignments: t.array(AssignmentRequest) }, 'LicenseBatchAssignmentRequest')
type BatchRequest = t.TypeOf<typeof BatchRequest>

/** Nobody documents the values of `result`; these are made up. */
const DONE = 'SUCCESS'
const failed = (code: string, message: string) => `FAILURE: ${code}: ${message}`

const refusedBy = ({
  code = 'invalid.value',
  message = 'The update was refused.',
}: Extract<WriteEffect, { kind: 'refuse' }>) => failed(code, message)

const writesOf = ({ assignments }: BatchRequest): readonly LicenseWrite[] =>
  assignments.flatMap(({ licenseId, userIdsAdd, userIdsRemove }) => [
    ...userIdsRemove.map((userId): LicenseWrite => ({ userId, licenseId, action: 'remove' })),
    ...userIdsAdd.map((userId): LicenseWrite => ({ userId, licenseId, action: 'assign' })),
  ])

/** Carries out one write, and gives the `result` of its row. */
const carryOut = (
  organisation: GenesysOrganisation,
  { userId, licenseId, action }: LicenseWrite,
  seats: number | undefined,
): string => {
  if (!organisation.knows(userId)) return failed('not.found', 'The user was not found.')
  const held = organisation.licensesOf(userId)
  const holds = held.includes(licenseId)
  if (holds === (action === 'assign')) return DONE
  if (action === 'remove') {
    organisation.setLicenses(
      userId,
      held.filter((id) => id !== licenseId),
    )
    return DONE
  }
  if (organisation.definition(licenseId) === undefined) return failed('not.found', 'The license was not found.')
  if (seats !== undefined && organisation.holderCount(licenseId) >= seats) {
    return failed('conflict', 'No license of this type is available.')
  }
  organisation.setLicenses(userId, [...held, licenseId])
  return DONE
}

const updateLicenses = (organisation: GenesysOrganisation, { script, seats }: WriteOptions): Operation => {
  const resultOf = (write: LicenseWrite): string => {
    const effect = script.meet(write)
    if (effect === undefined) return carryOut(organisation, write, seats.get(write.licenseId))
    return effect.kind === 'refuse' ? refusedBy(effect) : DONE
  }
  return {
    method: 'POST',
    path: '/api/v2/license/organization',
    anyOf: ['authorization:grant:add'],
    handle: (request: SimulatedRequest): Answer => {
      const body = jsonBodyOf(request)
      if (E.isLeft(body) || !BatchRequest.is(body.right)) {
        return badRequest(request, 'The request could not be understood by the server due to malformed syntax.')
      }
      return json(
        writesOf(body.right).map((write) => ({
          userId: write.userId,
          licenseId: write.licenseId,
          result: resultOf(write),
        })),
      )
    },
  }
}

/** The operations of the License API that change something, or used to. */
export const writeOperations = (organisation: GenesysOrganisation, options: WriteOptions): Operation[] => [
  updateLicenses(organisation, options),
  {
    method: 'POST',
    path: '/api/v2/license/toggles/:featureName',
    handle: (request) => json({ featureName: request.params.featureName, enabled: true }),
  },
]
