import { Command } from 'commander'
import { type LicenseFormat, licenseFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { addOptions, formatOption, providerOption, type RowsOptions, rowOptions } from './options.ts'

export interface LicensesOptions extends RowsOptions {
  readonly format: LicenseFormat
  readonly provider?: readonly string[]
}

export const licensesCommand = (run: RunAction): Command =>
  addOptions(
    new Command('licenses')
      .description('The licenses of every provider.')
      .addOption(formatOption(licenseFormats))
      .addOption(providerOption()),
    rowOptions('licenses'),
  )
    .addHelpText(
      'after',
      `
Examples:
  seatlens licenses
  seatlens licenses --provider genesys --format ndjson
  seatlens licenses --format csv > licenses.csv
  seatlens licenses --where 'purchased > 100 and provider = webex'
  seatlens licenses --sort -purchased --limit 10 --columns name,purchased

--where: see docs/administrators/filters.md. A license of which it is unknown,
because a number is unknown, is left out; stderr says how many were.

The table shows the product code of the vendor, or the id if it is readable. csv
and json have every id.

json, ndjson and csv have what was read, and nothing of what was not. If a
provider fails or a list has a gap, stderr says so, and the exit code is not 0:
do not use the output alone. report --format csv has the status in every row.`,
    )
    .action((options: LicensesOptions) =>
      run(async (invocation) => (await import('../actions/licenses.ts')).licenses(invocation, options)),
    )
