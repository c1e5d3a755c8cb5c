import { isWhole, type Ledger, type LicensedUser, type LicenseError, leavesComplete } from '../../src/index.ts'
import type { LicenseReport } from '../../src/report/index.ts'
import { holdersIn, licensedUsersIn, type Truth } from './truth.ts'

/** What one reading of a list by its pages came to. */
export interface ReadPages {
  readonly users: readonly LicensedUser[]
  /** Of the last page. */
  readonly ledger?: Ledger
  readonly directory?: Ledger
  readonly error?: LicenseError
  /** Whether the last page said that another one follows. */
  readonly promisesMore: boolean
}

const sameSet = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one))

const isExactly = (users: readonly LicensedUser[], truth: Truth): boolean =>
  users.length === truth.size &&
  users.every(({ id, licenseIds }) => sameSet(licenseIds, truth.get(id)?.licenseIds ?? ['nobody']))

/** A ledger that is not whole has something to show for it. */
const unexplained = (what: string, { verdict, gaps, undecodable }: Ledger): readonly string[] =>
  verdict === 'partial' && gaps.length === 0 && undecodable === 0 ? [`${what} is partial and does not say why`] : []

const inventions = (user: LicensedUser, truths: readonly Truth[]): readonly string[] => {
  const known = truths.flatMap((truth) => truth.get(user.id) ?? [])
  if (known.length === 0) return [`user ${user.id} does not exist`]
  const held = new Set(known.flatMap(({ licenseIds }) => licenseIds))
  const wrong = user.licenseIds.filter((id) => !held.has(id))
  return [
    ...wrong.map((id) => `user ${user.id} does not hold ${id}`),
    ...(new Set(user.licenseIds).size < user.licenseIds.length ? [`user ${user.id} holds a license twice`] : []),
    ...(user.email !== undefined && !known.some(({ email }) => email === user.email)
      ? [`user ${user.id} has another address`]
      : []),
    ...(user.displayName !== undefined && !known.some(({ displayName }) => displayName === user.displayName)
      ? [`user ${user.id} has another name`]
      : []),
  ]
}

/** What is wrong with what the pages of a list came to. */
export const wrongInPages = (read: ReadPages, truths: readonly Truth[]): readonly string[] => {
  const { users, ledger, directory, error } = read
  const findings = users.flatMap((user) => inventions(user, truths))
  if (new Set(users.map(({ id }) => id)).size < users.length) findings.push('a user was delivered twice')
  if (error !== undefined) return findings
  if (ledger === undefined) return [...findings, 'the list had neither a page nor a failure']
  if (read.promisesMore) findings.push('the list stopped although it said that there is more')
  findings.push(...unexplained('the list', ledger))
  if (isWhole(ledger) && !truths.some((truth) => isExactly(users, truth))) {
    findings.push(`${ledger.verdict}, but ${users.length} users came who are not exactly those of the vendor`)
  }
  if (directory !== undefined) findings.push(...unexplained('the directory', directory))
  if (directory !== undefined && isWhole(directory)) {
    const unnamed = users.filter(
      ({ id, displayName }) => displayName === undefined && truths.every((truth) => truth.get(id)?.displayName),
    )
    if (unnamed.length > 0)
      findings.push(`the directory is ${directory.verdict}, but ${unnamed.length} names are missing`)
  }
  return findings
}

/** What is wrong with a report of one provider. */
export const wrongInReport = (
  report: LicenseReport,
  truths: readonly Truth[],
  defined: ReadonlySet<string>,
  /** How many workspaces hold a license. */
  workspacesWith: (licenseId: string) => number = () => 0,
): readonly string[] => {
  const findings: string[] = []
  const holders = truths.map(holdersIn)
  const counts = (id: string) => holders.map((counted) => counted.get(id) ?? 0)
  const ids = report.licenses.map(({ id }) => id)
  if (new Set(ids).size < ids.length) findings.push('a license was reported twice')
  for (const { id, assigned: all, assignedUsers: assigned = all } of report.licenses) {
    if (!defined.has(id) && !holders.some((counted) => counted.has(id))) findings.push(`license ${id} does not exist`)
    if (assigned.kind === 'known' && !counts(id).includes(assigned.value)) {
      findings.push(`license ${id} has ${counts(id).join(' or ')} holders, not ${assigned.value}`)
    }
    if (assigned.kind === 'unknown' && (assigned.atLeast ?? 0) > Math.max(...counts(id))) {
      findings.push(`license ${id} has ${counts(id).join(' or ')} holders, not at least ${assigned.atLeast}`)
    }
    const most = Math.max(...counts(id)) + workspacesWith(id)
    if (all.kind === 'known' && !counts(id).some((users) => users + workspacesWith(id) === all.value)) {
      findings.push(`license ${id} has ${most} holders with workspaces, not ${all.value}`)
    }
    if (all.kind === 'unknown' && (all.atLeast ?? 0) > most) {
      findings.push(`license ${id} has ${most} holders with workspaces, not at least ${all.atLeast}`)
    }
  }
  for (const { status, licensedUsers, ledgers, error } of report.providers) {
    const all = Object.entries(ledgers).flatMap(([name, ledger]) =>
      ledger === undefined ? [] : [[name, ledger] as const],
    )
    if (licensedUsers.kind === 'known' && !truths.map(licensedUsersIn).includes(licensedUsers.value)) {
      findings.push(`${licensedUsers.value} licensed users are reported`)
    }
    if (status === 'failed' && error === undefined) findings.push('a failure without a reason')
    if (status === 'complete' && !all.every(([, ledger]) => leavesComplete(ledger)))
      findings.push('complete without being so')
    // A list that only adds to others may not be any of those that numbers are counted from.
    if (
      all.some(([name, { supplementary }]) => supplementary === true && !['directory', 'workspaces'].includes(name))
    ) {
      findings.push('a list that numbers are counted from is called supplementary')
    }
    if (status === 'partial' && all.every(([, ledger]) => leavesComplete(ledger)))
      findings.push('partial without a reason')
    for (const [name, ledger] of all) findings.push(...unexplained(name, ledger))
    if (status !== 'complete') continue
    for (const id of defined) if (!ids.includes(id)) findings.push(`license ${id} is missing`)
    const fits = holders.some((counted) =>
      report.licenses.every(
        ({ id, assigned: all, assignedUsers: assigned = all }) =>
          assigned.kind !== 'known' || assigned.value === (counted.get(id) ?? 0),
      ),
    )
    if (!fits) findings.push('the numbers of holders are of different times')
  }
  return findings
}

/** What must be in no ledger, error, event or report. */
export const leaksIn = (told: unknown, secrets: readonly string[]): readonly string[] => {
  const text = JSON.stringify(told)
  const address = /[\w.+-]+@[\w-]+\.[\w.]+/.exec(text)
  return [
    ...secrets.filter((secret) => text.includes(secret)).map(() => 'a secret is told'),
    ...(address === null
      ? []
      : [`an e-mail address is told: …${text.slice(Math.max(0, address.index - 60), address.index + 40)}`]),
  ]
}
