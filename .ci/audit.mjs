// Looks the runtime tree up among known vulnerabilities. Fails where one is high or worse; where the registry has no
// such service or cannot be reached, says so and passes, as nothing is known then.
import { spawnSync } from 'node:child_process'

const SERIOUS = ['high', 'critical']

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=1'], {
  encoding: 'utf8',
  // The reason of a failure is in the report, too; npm's own words name addresses of this machine's registry.
  stdio: ['ignore', 'pipe', 'ignore'],
})

const readReport = () => {
  try {
    return JSON.parse(stdout)
  } catch {
    return {}
  }
}

const { metadata, vulnerabilities = {}, statusCode } = readReport()
if (error !== undefined || metadata?.vulnerabilities === undefined) {
  const reason = statusCode === undefined ? 'it could not be reached' : `it answers ${statusCode}`
  console.log(`not audited: no audit is to be had from the registry, ${reason}`)
} else {
  const found = Object.values(vulnerabilities)
  const serious = found.filter(({ severity }) => SERIOUS.includes(severity))
  console.log(
    `audited: ${found.length} vulnerable packages in the runtime tree, ${serious.length} of them high or worse`,
  )
  for (const { name, severity } of found) console.log(`  ${severity}: ${name}`)
  process.exitCode = serious.length > 0 ? 1 : 0
}
