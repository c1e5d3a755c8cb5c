import { Command } from 'commander'
import { type OrganizationFormat, organizationFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatOption } from './options.ts'

export interface OrgsOptions {
  readonly format: OrganizationFormat
}

export const orgsCommand = (run: RunAction): Command =>
  new Command('orgs')
    .description("The organizations that a partner's credentials reach.")
    .addOption(formatOption(organizationFormats))
    .addHelpText(
      'after',
      `
Examples:
  seatlens orgs
  seatlens orgs --format csv > organizations.csv

With "orgs": "all" in a provider of the configuration, each of them is read by a
provider of its own. The table has the id of that provider, which --provider
takes; csv and json have the id of the organization too. Without "orgs", it says
which there would be.

"new" and "gone" compare with the last run that listed all. If a list cannot be
read to its end, stderr says so, and nothing is gone.

Exit codes: 0 complete, 4 authentication or permission, 5 incomplete.`,
    )
    .action((options: OrgsOptions) =>
      run(async (invocation) => (await import('../actions/orgs.ts')).orgs(invocation, options)),
    )
