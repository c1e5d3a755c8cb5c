import { type ProviderDiagnosis, supportOf } from '../../provider-kit/index.ts'
import { must } from '../must.ts'
import type { ScenarioSpecification } from '../scenario.ts'
import type { Stage } from '../stage.ts'

/** What the harness finds of its provider. */
const diagnose = async ({ served }: Stage): Promise<ProviderDiagnosis> => {
  const [found] = (await served.diagnose?.()) ?? []
  must(found !== undefined, 'the harness says that it diagnoses, and found nothing')
  return found
}

const mustKeepSecrets = ({ served: { secrets } }: Stage, found: ProviderDiagnosis): void => {
  const text = JSON.stringify(found)
  must(!secrets.some((secret) => text.includes(secret)), 'what was found has a secret in it')
}

const needs = ['diagnosis'] as const

export const diagnosisScenarios: readonly ScenarioSpecification[] = [
  {
    id: 'diagnosis/usable',
    title: 'a diagnosis finds that good credentials can read everything',
    needs,
    play: async (stage) => {
      const found = await diagnose(stage)
      must(found.authenticated === 'yes', `the credentials are called ${found.authenticated}`)
      for (const { name, verdict, missing } of found.uses) {
        must(verdict !== 'needs', `${name} is said to need ${JSON.stringify(missing)}`)
        const isForChanges = name === 'changeAssignments'
        must(isForChanges || verdict !== 'unknown', `${name} only reads, and is ${verdict}`)
      }
      mustKeepSecrets(stage, found)
    },
  },
  {
    id: 'diagnosis/named',
    title: 'a diagnosis names what changing takes, if the provider can change',
    needs,
    play: async (stage) => {
      const found = await diagnose(stage)
      const { support } = supportOf(stage.provider.capabilities, 'operations', 'changeAssignments')
      const permissions = found.uses.find(({ name }) => name === 'changeAssignments')?.permissions ?? []
      must(support === 'unsupported' || permissions.length > 0, 'changeAssignments is said to take no permission')
      const blank = found.uses.flatMap((use) => use.permissions.flat()).find((name) => name.trim() === '')
      must(blank === undefined, 'a permission has no name')
    },
  },
  {
    id: 'diagnosis/credentials',
    title: 'a diagnosis finds that credentials are wrong',
    disturbance: 'badCredentials',
    needs,
    play: async (stage) => {
      const found = await diagnose(stage)
      must(found.authenticated === 'no', `wrong credentials are called ${found.authenticated}`)
      must(found.error?._tag === 'AuthenticationFailed', `the failure is ${found.error?._tag}`)
      mustKeepSecrets(stage, found)
    },
  },
  {
    id: 'diagnosis/permission',
    title: 'a diagnosis finds which permission is missing',
    disturbance: 'permissionDenied',
    needs,
    play: async (stage) => {
      const { uses } = await diagnose(stage)
      const denied = uses.filter(({ verdict, lacks }) => verdict === 'needs' || lacks.length > 0)
      must(denied.length > 0, 'no operation is said to need a permission')
    },
  },
]
