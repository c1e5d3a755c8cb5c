import { loadProse, quantity } from '../../render/index.ts'
import type { ConfigOptions } from '../commands/config.ts'
import {
  type DescribedConfiguration,
  type DescribedProvider,
  type DescribedSetting,
  describeConfiguration,
  type Origin,
} from '../configuration/described-configuration.ts'
import { describeProblem, inspectConfiguration } from '../configuration/load-configuration.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { describeNetwork, type NetworkDescription, networkLines } from '../network-description.ts'
import { columnsOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { UsageError } from '../usage-error.ts'

const originText = (from: Origin): string => {
  switch (from.kind) {
    case 'configuration':
      return ''
    case 'variable':
      return `from ${from.variables.join(', ')}`
    case 'command':
      return `from the command ${from.program}, which is not run now`
    case 'file':
      return `from the file ${from.name}`
    case 'default':
      return `default: ${from.text}`
  }
}

const settingText = ({ value, secret, from }: DescribedSetting): string => {
  const origin = originText(from)
  if (from.kind === 'default') return origin
  const shown = secret ? 'secret' : value === undefined ? 'not valid' : String(value)
  if (origin === '') return secret ? 'secret, written in the configuration' : shown
  return `${shown}, ${origin}`
}

/** A line, or lines below it. */
type Line = string | { readonly below: readonly string[] }

const providerLines = ({ id, type, vendor, settings, licenses, limits }: DescribedProvider): readonly Line[] => {
  const width = Math.max(...settings.map(({ name }) => name.length))
  const counts = Object.entries({ licenses, limits }).flatMap(([name, count]) =>
    count === 0 ? [] : [`${name.padEnd(width)}  ${quantity(count, 'entry', 'entries')}`],
  )
  return [
    '',
    `${id === '' ? '(without an id)' : id}: ${vendor ?? 'a vendor that is not known'}${type === '' ? '' : ` (${type})`}`,
    { below: [...settings.map((setting) => `${setting.name.padEnd(width)}  ${settingText(setting)}`), ...counts] },
  ]
}

const linesOf = (described: DescribedConfiguration, network: NetworkDescription): readonly Line[] => {
  const lists = Object.entries({
    limits: described.limits,
    protected: described.protected,
    exempt: described.exempt,
    groups: described.groups,
  }).filter(([, count]) => count > 0)
  return [
    `Configuration: ${described.file ?? 'environment variables'}`,
    ...networkLines(network),
    ...described.providers.flatMap(providerLines),
    ...(lists.length === 0
      ? []
      : ['', `For all providers: ${lists.map(([name, count]) => `${name} ${count}`).join(', ')}`]),
  ]
}

/** Prints what is understood of the configuration, and refuses it where something is wrong with it. */
export const config = async (
  invocation: Invocation,
  { format }: ConfigOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment } = invocation
  const read = await inspectConfiguration(invocation)
  const described = describeConfiguration(read)
  const network = await describeNetwork(environment)
  if (format === 'json') {
    await writeOut(environment, `${JSON.stringify({ schemaVersion: 1, ...described, network }, null, 2)}\n`)
  } else {
    const prose = await loadProse()
    const target = columnsOf(environment.stdout)
    const textOf = (line: Line): string =>
      typeof line === 'string'
        ? prose(line, target)
        : line.below.map((one) => prose(one, { ...target, before: '  ' })).join('')
    await writeOut(environment, linesOf(described, network).map(textOf).join(''))
  }
  if (described.problems.length === 0) return []
  throw new UsageError(described.problems.map((problem) => describeProblem(read.file?.name ?? 'environment', problem)))
}
