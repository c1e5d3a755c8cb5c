import type { License } from '../../index.ts'
import { Values } from '../../provider-kit/index.ts'
import { createLicenseWriter } from '../../render/index.ts'
import type { LicensesOptions } from '../commands/licenses.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { rowsAskedFor } from '../input/rows-asked-for.ts'
import type { Invocation } from '../invocation.ts'
import { surfaceOf } from '../output/surface.ts'
import { LICENSES } from './planned-calls.ts'
import { printLists } from './print-lists.ts'
import { tellIdleDeclarations } from './tell-idle-declarations.ts'
import { withReading } from './with-reading.ts'

export const licenses = async (
  invocation: Invocation,
  options: LicensesOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { format, provider } = options
  const rows = await rowsAskedFor('licenses', options)
  return withReading(invocation, { only: provider, calls: () => LICENSES }, async (providers, progress) => {
    const listed: License[] = []
    const { outcomes } = await printLists(invocation, providers, progress, {
      name: 'licenses',
      writer: await createLicenseWriter({ format, rows, ...surfaceOf(invocation.environment, format) }),
      isListed: format === 'table',
      list: (source, options) => source.listLicenses(options),
      keep: (license) => {
        listed.push(license)
        return true
      },
    })
    const ofProvider = Values.groupedBy(listed, ({ provider }) => provider)
    const whole = providers.filter((_, index) => outcomes[index]?.status === 'complete')
    const defined = new Map(whole.map(({ id }) => [id, ofProvider.get(id) ?? []]))
    const withoutHolders = { isHeld: () => false, withoutHolders: true }
    return tellIdleDeclarations(invocation.environment, providers, outcomes, { defined, ...withoutHolders })
  })
}
