import { type Answer, json, type SimulatedRequest } from '../../../src/simulator-kit/index.ts'
import { billingPeriodRecord, type ContractRecords, contractEntry, contractRecord } from './contract-records.ts'
import type { GenesysBillingOptions, GenesysContract } from './contracts.ts'
import { badRequest, notFound, refuse } from './errors.ts'
import type { Operation } from './guard.ts'
import type { GenesysOrganization } from './organization.ts'
import { overviewRecord, periodBefore } from './overview-record.ts'

const VIEW = ['billing:subscription:view']
const MAX_PAGE_SIZE = 200
const DAY = /^\d{4}-\d\d-\d\d$/

/** Opaque to callers. */
const cursorTo = (place: number): string => Buffer.from(`contract ${place}`).toString('base64url')

const placeAt = (cursor: string): number | undefined => {
  const [, place] = /^contract (\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  return place === undefined ? undefined : Number(place)
}

const problemIn = ({ query }: SimulatedRequest): string | undefined => {
  const pageSize = query.get('pageSize') ?? '25'
  if (!/^[1-9]\d{0,2}$/.test(pageSize) || Number(pageSize) > MAX_PAGE_SIZE) return 'The pageSize must be from 1 to 200'
  if (!['Active', 'Inactive', null].includes(query.get('status'))) return 'The status must be Active or Inactive'
  const isDay = (name: string) => DAY.test(query.get(name) ?? '2026-01-01')
  return isDay('dateStart') && isDay('dateEnd') ? undefined : 'Dates must be yyyy-MM-dd'
}

const listContracts = (contracts: readonly GenesysContract[], request: SimulatedRequest): Answer => {
  const { query } = request
  const problem = problemIn(request)
  const after = query.get('after')
  const start = after === null ? 0 : placeAt(after)
  if (problem !== undefined || start === undefined) {
    return badRequest(request, problem ?? 'The cursor is none of this list', 'invalid.value')
  }
  const [status, externalNumber] = [query.get('status'), query.get('externalNumber')]
  const size = Number(query.get('pageSize') ?? '25')
  const wanted = contracts.filter(
    (contract) =>
      (status === null || status === (contract.status ?? 'Active')) &&
      (externalNumber === null || externalNumber === contract.externalNumber),
  )
  const next = new URLSearchParams([...query].filter(([name]) => name !== 'after'))
  next.set('after', cursorTo(start + size))
  return json({
    entities: wanted.slice(start, start + size).map(contractEntry),
    ...(start + size < wanted.length ? { nextUri: `/api/v2/billing/contracts?${next}` } : {}),
    selfUri: '/api/v2/billing/contracts',
  })
}

/** Contracts and bills. The partner's overview is for the partner's client alone. */
export const billingOperations = (
  organization: GenesysOrganization,
  { preview = true, oldSpelling = false }: GenesysBillingOptions,
  contractsNow: () => readonly GenesysContract[],
): Operation[] => {
  const own = { id: organization.id, name: organization.name }
  const records: ContractRecords = { own, oldSpelling }
  const ofContract = (answer: (contract: GenesysContract, request: SimulatedRequest) => Answer) => {
    return (request: SimulatedRequest): Answer => {
      const contract = preview ? contractsNow().find(({ id }) => id === request.params.contractId) : undefined
      return contract === undefined ? notFound(request) : answer(contract, request)
    }
  }
  return [
    {
      method: 'GET',
      path: '/api/v2/billing/contracts',
      anyOf: VIEW,
      handle: (request) => (preview ? listContracts(contractsNow(), request) : notFound(request)),
    },
    {
      method: 'GET',
      path: '/api/v2/billing/contracts/:contractId',
      anyOf: VIEW,
      handle: ofContract((contract) => json(contractRecord(records)(contract))),
    },
    {
      method: 'GET',
      path: '/api/v2/billing/contracts/:contractId/billingperiods/:billingPeriodId',
      anyOf: VIEW,
      handle: ofContract(({ billingPeriods }, request) => {
        const period = billingPeriods.find(({ id }) => id === request.params.billingPeriodId)
        return period === undefined ? notFound(request) : json(billingPeriodRecord(records)(period))
      }),
    },
    {
      method: 'GET',
      path: '/api/v2/billing/trusteebillingoverview/:trustorOrgId',
      client: 'partner',
      handle: (request) => {
        if (request.params.trustorOrgId !== own.id) {
          return refuse(request, { status: 403, code: 'not.authorized', message: 'You are not authorized.' })
        }
        const index = Number(request.query.get('billingPeriodIndex') ?? '0')
        const period = periodBefore(contractsNow(), index)
        return period === undefined ? notFound(request) : json(overviewRecord(own, period))
      },
    },
  ]
}
