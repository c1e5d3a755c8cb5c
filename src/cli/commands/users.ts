import { Command } from 'commander'
import { type UserFormat, userFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { addOptions, formatOption, historyOption, providerOption, type RowsOptions, rowOptions } from './options.ts'

export interface UsersOptions extends RowsOptions {
  readonly format: UserFormat
  readonly license?: string
  readonly provider?: readonly string[]
  readonly history?: string
}

export const usersCommand = (run: RunAction): Command =>
  addOptions(
    new Command('users')
      .description('One line per user with all licenses of the user, printed while the list is read.')
      .option('--license <license>', 'only holders of this license: an id, product code or name, in any case')
      .addOption(providerOption())
      .addOption(historyOption())
      .addOption(formatOption(userFormats)),
    rowOptions('users'),
  )
    .addHelpText(
      'after',
      `
Examples:
  seatlens users --format ndjson | jq -r .email
  seatlens users --license cloudCX2 --format csv > cx2.csv
  seatlens users --provider webex --license "Advanced Messaging"
  seatlens users --where 'department = Sales and status != active'
  seatlens users --where 'lastActiveAt < 2026-06-01' --sort lastActiveAt

--where: see docs/administrators/filters.md. A user of whom it is unknown is
left out; stderr says how many were. --limit ends the reading as soon as so many
users are found. --sort reads all users first, and keeps them in memory.

The table has the names of licenses. The other formats have their ids, which CSV
separates by a space.

json, ndjson and csv have what was read, and nothing of what was not. If a
provider fails or a list has a gap, stderr says so, and the exit code is not 0:
do not use the output alone. report --format csv has the status in every row.`,
    )
    .action((options: UsersOptions) =>
      run(async (invocation) => (await import('../actions/users.ts')).users(invocation, options)),
    )
