import type { LicenseError, Operation, ProviderDiagnosis } from '../../index.ts'
import type { TransportEvent } from '../../provider-kit/index.ts'
import { loadProse, renderDiagnoses } from '../../render/index.ts'
import type { DoctorOptions } from '../commands/doctor.ts'
import { diagnosedProviders } from '../configuration/diagnosed-providers.ts'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { describeNetwork, networkLines } from '../network-description.ts'
import { startProgress } from '../output/progress.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { networkOf } from './with-providers.ts'

/** Commands, each by what it reads; the first operation is what it is for. */
const READING: Readonly<Record<string, readonly Operation[]>> = {
  licenses: ['listLicenses'],
  users: ['listUsers'],
  'report, check, snapshot': ['listLicenses', 'listUsers', 'listWorkspaces'],
  'user, plan': ['getUser', 'listLicenses'],
}
const CHANGING: Readonly<Record<string, readonly Operation[]>> = { 'apply, undo': ['changeAssignments', 'getUser'] }

const denied = ({ provider }: ProviderDiagnosis): LicenseError => {
  const message = 'the credentials may read nothing'
  return { _tag: 'PermissionDenied', provider, operation: 'doctor', message, missing: [] }
}

/** Commands that change seats do not count: credentials that can only read are a good choice. */
const ownOutcomeOf = (found: ProviderDiagnosis): ProviderOutcome => {
  if (found.error !== undefined) return { status: 'failed', error: found.error }
  const reading = found.uses.filter(({ name, verdict }) => Object.hasOwn(READING, name) && verdict !== 'unsupported')
  if (reading.every(({ verdict }) => verdict === 'needs')) return { status: 'failed', error: denied(found) }
  const isWhole = reading.every(({ verdict, error }) => verdict !== 'needs' && error === undefined)
  return { status: isWhole ? 'complete' : 'partial' }
}

/** What stands for organizations is as good as these are: its credentials are to read them, and nothing else. */
const outcomesOf = (found: ProviderDiagnosis): readonly ProviderOutcome[] => {
  const { found: organizations, gaps } = found.organizations ?? { found: [], gaps: [] }
  if (organizations.length === 0 && gaps.length === 0) return [ownOutcomeOf(found)]
  return [...organizations.map(ownOutcomeOf), ...gaps.map((error): ProviderOutcome => ({ status: 'failed', error }))]
}

/** Says of each provider whether and as whom it can be read, and what its credentials are good for. */
export const doctor = async (
  invocation: Invocation,
  { format, provider: only }: DoctorOptions,
): Promise<readonly ProviderOutcome[]> => {
  const { environment, bounds } = invocation
  const configuration = await loadConfiguration(invocation)
  const network = await describeNetwork(environment)
  const runtime = await networkOf(invocation)
  const options = { ...bounds(), uses: { ...READING, ...CHANGING } }
  const progress = startProgress(environment)
  const watched = {
    ...runtime,
    onEvent: (event: TransportEvent) => {
      runtime.onEvent(event)
      progress.onEvent(event)
    },
  }
  const found = await diagnosedProviders(configuration, only, watched, environment.files, options).finally(
    progress.stop,
  )
  if (format === 'json') {
    await writeOut(environment, `${JSON.stringify({ schemaVersion: 1, network, providers: found }, null, 2)}\n`)
  } else {
    const [prose, surface] = [await loadProse(), surfaceOf(environment)]
    const lines = networkLines(network).map((line) => prose(line, surface))
    await writeOut(environment, `${lines.join('')}\n${await renderDiagnoses(found, surface)}`)
  }
  return found.flatMap(outcomesOf)
}
