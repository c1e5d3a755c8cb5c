import type { LicenseProvider } from '../../index.ts'
import { type Forecasts, Values } from '../../provider-kit/index.ts'
import type { UsersOptions } from '../commands/users.ts'

type Calls = readonly Forecasts.PlannedCall[]

const licenses: Forecasts.PlannedCall = { operation: 'listLicenses' }

export const LICENSES: Calls = [licenses]

export const ONE_USER: Calls = [{ operation: 'getUser' }, licenses]

/** `users` prints names of licenses in tables only. `isDeclared`: the configuration says something of licenses. */
export const callsOfUsers = ({ format, license }: UsersOptions, isDeclared: boolean): Calls => {
  const withLicenses = format === 'table' || license !== undefined || isDeclared
  return [...(withLicenses ? [licenses] : []), { operation: 'listUsers', withLicenses }]
}

/** What a report, a check and a snapshot read. `verify`: the users once more, if nothing changes in between. */
export const callsOfReport =
  ({ verify = false }: { readonly verify?: boolean | undefined } = {}) =>
  ({ listWorkspaces }: LicenseProvider): Calls => {
    const users = { operation: 'listUsers', withLicenses: true } as const
    return [
      licenses,
      users,
      ...(verify ? [users] : []),
      ...(listWorkspaces === undefined ? [] : [{ operation: 'listWorkspaces' } as const]),
    ]
  }

/** What a plan reads. `wanted`: the users whom it names. Ids are found in the list; addresses are looked up. */
export const callsOfPlan = (wanted: readonly string[]): Calls => {
  const addresses = new Set(wanted.filter((user) => user.includes('@')).map(Values.foldedText))
  return [
    licenses,
    { operation: 'listUsers', withLicenses: true },
    ...(addresses.size === 0 ? [] : [{ operation: 'findUsers', users: addresses.size } as const]),
  ]
}
