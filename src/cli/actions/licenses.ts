import type { LicensesOptions } from '../commands/licenses.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { licenseFormats } from '../formats/lists/license-formats.ts'
import type { Invocation } from '../invocation.ts'
import { printLists } from './print-lists.ts'
import { withProviders } from './with-providers.ts'

export const licenses = (
  invocation: Invocation,
  { format, provider }: LicensesOptions,
): Promise<readonly ProviderOutcome[]> =>
  withProviders(invocation, provider, async (providers, progress) => {
    const { outcomes } = await printLists(invocation, providers, progress, {
      name: 'licenses',
      format: await licenseFormats[format](),
      list: (source, options) => source.listLicenses(options),
    })
    return outcomes
  })
