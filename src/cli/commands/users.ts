import { Command } from 'commander'
import { type UserFormat, userFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatOption, historyOption, providerOption } from './options.ts'

export interface UsersOptions {
  readonly format: UserFormat
  readonly license?: string
  readonly provider?: readonly string[]
  readonly history?: string
}

export const usersCommand = (run: RunAction): Command =>
  new Command('users')
    .description('One line per user with all licenses of the user, printed while the list is read.')
    .option('--license <license>', 'only holders of this license: an id, product code or name, in any case')
    .addOption(providerOption())
    .addOption(historyOption())
    .addOption(formatOption(userFormats))
    .addHelpText(
      'after',
      `
Examples:
  seatlens users --format ndjson | jq -r .email
  seatlens users --license cloudCX2 --format csv > cx2.csv
  seatlens users --provider webex --license "Advanced Messaging"

The table has the names of licenses. The other formats have their ids, which CSV
separates by a space.

json, ndjson and csv have what was read, and nothing of what was not. If a
provider fails or a list has a gap, stderr says so, and the exit code is not 0:
do not use the output alone. report --format csv has the status in every row.`,
    )
    .action((options: UsersOptions) =>
      run(async (invocation) => (await import('../actions/users.ts')).users(invocation, options)),
    )
