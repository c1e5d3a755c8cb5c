import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import { type Http, type LicenseError, Lists, type RequestScope } from '../../../src/provider-kit/index.ts'
import type { GenesysClient } from '../client.ts'
import { type Bought, nothingRead, partlyRead, reasonIn } from './bought.ts'
import type { BillingContract, BillingContractEntry } from './codecs.ts'
import { contractName, currentPeriod, purchasesOf, type ReadContract } from './contract-purchases.ts'
import type { PriceUnit } from './prices.ts'
import { toldDay, toldText } from './told.ts'

export interface BillingReader extends Pick<Http.ApiAccess, 'provider' | 'clock' | 'events'> {
  readonly client: GenesysClient
  readonly priceUnit?: PriceUnit | undefined
}

const CONTRACTS = 'GET /api/v2/billing/contracts'
/** The vendor gives no more. */
const MAX_CONTRACTS_ON_A_PAGE = 200

const reasonOf = reasonIn({
  who: 'the OAuth client',
  what: 'contracts',
  permission: 'billing:subscription:view',
  notFound:
    'Genesys Cloud does not find them: its contracts API is a preview that not every organization has; ask Genesys for it, or take the numbers from a file',
})

const NOT_MAPPED =
  'no product of the contracts is mapped to it; name its products as sku of the license in the configuration'

/** The day of now, by which contracts are in force. */
export const dayOf = ({ clock }: Pick<Http.ApiAccess, 'clock'>): string =>
  new Date(clock.now()).toISOString().slice(0, 'YYYY-MM-DD'.length)

const listContracts = ({ provider, clock, events, client }: BillingReader, scope: RequestScope) =>
  Lists.collect<BillingContractEntry, BillingContractEntry[]>(
    () => [],
    (all, contract) => {
      all.push(contract)
      return all
    },
  )(
    Lists.byToken<BillingContractEntry>(
      { provider, clock, events },
      {
        operation: CONTRACTS,
        keyOf: ({ id }) => id,
        pageSize: { most: MAX_CONTRACTS_ON_A_PAGE },
        fetch: (start) => (ask) => async () => {
          const { cursor, pageSize, divisible } = ask
          const page = await client.getBillingContracts(
            {
              status: 'Active',
              after: cursor,
              pageSize: pageSize === undefined ? undefined : String(pageSize),
              divisible,
            },
            start.scope,
          )()
          if (E.isLeft(page)) return page
          return E.right({ ...Lists.pageOf(page.right, 'the contracts', (one) => one), next: page.right.cursor })
        },
      },
      scope,
    ),
  )()

const isInForce =
  (day: string) =>
  ({ status, dateStart }: BillingContractEntry): boolean =>
    toldText(status)?.toLowerCase() !== 'inactive' && (toldDay(dateStart) ?? '') <= day

const readContract = async (
  { client }: BillingReader,
  id: string,
  day: string,
  scope: RequestScope,
): Promise<E.Either<LicenseError, ReadContract>> => {
  const contract = await client.getBillingContract(id, scope)()
  if (E.isLeft(contract)) return contract
  const reference = currentPeriod(contract.right, day)
  if (reference === undefined) return E.right({ contract: contract.right })
  const answer = await client.getBillingContractBillingperiod(id, reference.id, scope)()
  return E.right({ contract: contract.right, period: { reference, answer } })
}

/** What could not be read of the contracts that are in force; undefined where that is nothing. */
const gapIn = (
  listed: E.Either<LicenseError, unknown>,
  read: readonly E.Either<LicenseError, ReadContract>[],
): string | undefined => {
  const failed = [listed, ...read].find(E.isLeft)
  if (failed === undefined) return undefined
  const { _tag, message } = failed.left
  return _tag === 'Incomplete' ? `the list of contracts is not whole: ${message}` : reasonOf(failed.left)
}

/** Of which contracts a period could not be read, and why: said once, not with every number. */
const remarksOf = (read: readonly ReadContract[]): readonly string[] =>
  read.flatMap(
    ({ contract, period }: { readonly contract: BillingContract; readonly period?: ReadContract['period'] }) =>
      period !== undefined && E.isLeft(period.answer)
        ? [`What is billed by contract ${contractName(contract)} is unknown: ${reasonOf(period.answer.left)}.`]
        : [],
  )

/**
 * Reads the contracts that are in force, and the bill of the period in which each of them is: 2 requests, and 2 more for each
 * contract. Never fails: what could not be read makes numbers unknown, with the reason.
 *
 * The vendor's contracts are a preview: an organization may not have it.
 */
export const readContracts =
  (reader: BillingReader, scope: RequestScope): Task<Bought> =>
  async () => {
    const { client, priceUnit } = reader
    const day = dayOf(reader)
    const [organization, listed] = await Promise.all([client.getOrganizationsMe(scope)(), listContracts(reader, scope)])
    if (listed.error !== undefined && listed.value.length === 0) return nothingRead(reasonOf(listed.error))
    if (E.isLeft(organization)) {
      return nothingRead(`which organization this is could not be read: ${organization.left.message}`)
    }
    const inForce = listed.value.filter(isInForce(day))
    const read = await Promise.all(inForce.map(({ id }) => readContract(reader, id, day, scope)))
    const contracts = read.flatMap((one) => (E.isRight(one) ? [one.right] : []))
    const purchases = contracts.flatMap((contract) =>
      purchasesOf(contract, { organizationId: organization.right.id, day, priceUnit, reasonOf }),
    )
    const gap = gapIn(Lists.wholeOf({ provider: reader.provider, operation: CONTRACTS }, listed), read)
    const bought = gap === undefined ? { purchases, reason: NOT_MAPPED, remarks: [] } : partlyRead(purchases, gap)
    return { ...bought, remarks: [...bought.remarks, ...remarksOf(contracts)] }
  }
