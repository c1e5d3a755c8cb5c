import { describeError } from '../../index.ts'
import type { FoundOrganization } from '../../provider-kit/index.ts'
import { createOrganizationWriter, type OrganizationRow } from '../../render/index.ts'
import type { OrgsOptions } from '../commands/orgs.ts'
import { listOrganizations } from '../configuration/create-providers.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import type { OpenedOrganizations } from '../organizations/open-organizations.ts'
import { compareWithSeen, type OrganizationNews } from '../organizations/seen-organizations.ts'
import { complain, notify } from '../output/notify.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { UsageError } from '../usage-error.ts'
import { networkOf } from './with-providers.ts'

const statusOf = ({ key, unlisted, error }: FoundOrganization, news: OrganizationNews | undefined) => {
  if (error !== undefined) return 'failed'
  if (unlisted) return 'unlisted'
  return news === undefined || news.isFirst || news.seen.has(key) ? 'listed' : 'new'
}

const rowsOf = (
  { entry, organizations }: OpenedOrganizations,
  news: OrganizationNews | undefined,
): readonly OrganizationRow[] => [
  ...organizations.map((organization): OrganizationRow => {
    const { provider, name, id, key } = organization
    const { since } = news?.seen.get(key) ?? {}
    return { entry, provider, name, id, status: statusOf(organization, news), since }
  }),
  ...(news?.gone ?? []).map(
    ({ key, name, since }): OrganizationRow => ({
      entry,
      provider: `${entry}-${key}`,
      name,
      id: key,
      status: 'gone',
      since,
    }),
  ),
]

const outcomeOf = ({ organizations, gaps }: OpenedOrganizations): ProviderOutcome => {
  const [error] = [...gaps, ...organizations.flatMap((one) => one.error ?? [])]
  if (error === undefined) return { status: 'complete' }
  const isAny = organizations.some((one) => one.error === undefined)
  return { status: isAny ? 'partial' : 'failed', error }
}

/** Lists the organizations of every credential that can have several. */
export const orgs = async (invocation: Invocation, { format }: OrgsOptions): Promise<readonly ProviderOutcome[]> => {
  const { environment, bounds } = invocation
  const configuration = await loadConfiguration(invocation)
  const listed = await listOrganizations(configuration, await networkOf(invocation), environment.files, bounds)
  if (listed.length === 0) {
    throw new UsageError(['no provider is configured whose vendor lists organizations; Webex does'])
  }
  const writer = await createOrganizationWriter({ format, ...surfaceOf(environment, format) })
  for (const { configured, opened } of listed) {
    const isKept = configured.orgs === 'all'
    const news = isKept ? await compareWithSeen(opened, configuration.folder, environment) : undefined
    await writeOut(environment, writer.items(rowsOf(opened, news)))
  }
  await writeOut(environment, writer.end())
  for (const { opened } of listed) {
    const { entry, gaps, organizations } = opened
    for (const error of [...gaps, ...organizations.flatMap((one) => one.error ?? [])]) {
      complain(environment, describeError(error), { provider: error.provider, error })
    }
    if (organizations.length === 0 && gaps.length === 0) notify(environment, `${entry}: no organization is listed`)
  }
  return listed.map(({ opened }) => outcomeOf(opened))
}
