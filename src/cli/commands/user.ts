import { Command } from 'commander'
import { type PersonFormatName, personFormats } from '../formats/lists/person-formats.ts'
import type { RunAction } from '../invocation.ts'
import { formatOption, providerOption } from './options.ts'

export interface UserOptions {
  readonly format: PersonFormatName
  readonly provider?: readonly string[]
}

export const userCommand = (run: RunAction): Command =>
  new Command('user')
    .description('Everything that one person holds, in every provider.')
    .argument('<email>', 'the e-mail address, in any case')
    .addOption(formatOption(personFormats))
    .addOption(providerOption())
    .addHelpText(
      'after',
      `
Examples:
  seatlens user ada@example.com
  seatlens user ada@example.com --format json`,
    )
    .action((email: string, options: UserOptions) =>
      run(async (invocation) => (await import('../actions/user.ts')).user(invocation, email, options)),
    )
