import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { readTextFile } from '../node/index.ts'
import { readVariable } from './configuration/read-variable.ts'
import type { Environment } from './environment.ts'
import { readProxySettings } from './proxy-settings.ts'

/** The way to the vendors, as the environment has it. Without the user name and the password of a proxy. */
export interface NetworkDescription {
  /** Absent: requests go straight. */
  readonly proxy?:
    | {
        readonly http?: string | undefined
        readonly https?: string | undefined
        /** The value of `NO_PROXY`. Absent: nothing goes past the proxy. */
        readonly except?: string | undefined
      }
    | undefined
  /** What is trusted besides the certificates that Node brings: `NODE_EXTRA_CA_CERTS`. Absent: nothing. */
  readonly certificates?:
    | {
        readonly file: string
        /** How many there are in the file. */
        readonly count: number
        /** Why Node ignores the file. Absent: it uses it. */
        readonly problem?: string | undefined
      }
    | undefined
}

const CERTIFICATE = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/g

const addressOf = (url: URL | undefined): string | undefined =>
  url === undefined ? undefined : `${url.protocol}//${url.host}`

const certificatesIn = async (file: string, folder: string): Promise<NetworkDescription['certificates']> => {
  const text = await readTextFile(resolve(folder, file))()
  if (E.isLeft(text)) return { file, count: 0, problem: text.left.problem }
  const count = text.right.match(CERTIFICATE)?.length ?? 0
  return { file, count, ...(count === 0 ? { problem: 'it has no certificate in the form PEM' } : {}) }
}

/** What requests go through, and whom they trust. Throws a `UsageError` where the address of a proxy is none. */
export const describeNetwork = async ({
  variables,
  workingDirectory,
}: Pick<Environment, 'variables' | 'workingDirectory'>): Promise<NetworkDescription> => {
  const settings = readProxySettings(variables)
  const file = readVariable(variables, 'NODE_EXTRA_CA_CERTS')
  const proxy = {
    http: addressOf(settings?.http),
    https: addressOf(settings?.https),
    except: settings?.except || undefined,
  }
  return {
    ...(settings === undefined ? {} : { proxy }),
    ...(file ? { certificates: await certificatesIn(file, workingDirectory) } : {}),
  }
}

/** The same for people, one line each. */
export const networkLines = ({ proxy, certificates }: NetworkDescription): readonly string[] => {
  const { http, https, except } = proxy ?? {}
  const past = except === undefined ? '' : `, except for ${except} (NO_PROXY)`
  const through = http === https || http === undefined ? https : `${https} for https, ${http} for http`
  const problem = certificates?.problem === undefined ? '' : `; Node ignores the file: ${certificates.problem}`
  return [
    `Proxy: ${through === undefined ? 'none' : `${through}${past}`}`,
    `Certificates: those of Node${
      certificates === undefined
        ? ''
        : `, and ${certificates.count} in ${certificates.file} (NODE_EXTRA_CA_CERTS)${problem}`
    }`,
  ]
}
