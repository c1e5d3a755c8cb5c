import { Command } from 'commander'
import { type PersonFormat, personFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatOption, historyOption, providerOption } from './options.ts'

export interface UserOptions {
  readonly format: PersonFormat
  readonly provider?: readonly string[]
  readonly history?: string
}

export const userCommand = (run: RunAction): Command =>
  new Command('user')
    .description('Everything that one person holds, in every provider.')
    .argument('<person>', 'an e-mail address, or a part of one or of a name, in any case')
    .addOption(formatOption(personFormats))
    .addOption(providerOption())
    .addOption(historyOption())
    .addHelpText(
      'after',
      `
Examples:
  seatlens user ada@example.com
  seatlens user ada@example.com --format json
  seatlens user weber
  seatlens user ada@example.com --history snapshots

A whole address is looked up at the vendors. For a part, all users are read. If
several people have it, they are listed, at most 20 of them: give the address.

Exit codes: 0 found; 8 every provider was read, and none of them knows the user;
4, 5 or 7 some providers could not be read.`,
    )
    .action((person: string, options: UserOptions) =>
      run(async (invocation) => (await import('../actions/user.ts')).user(invocation, person, options)),
    )
