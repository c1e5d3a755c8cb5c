import { Command } from 'commander'
import type { RunAction } from '../invocation.ts'
import { formatOption } from './options.ts'

/** The formats of what is understood of a configuration, and of what is found of its providers. */
export const diagnosticFormats = ['table', 'json'] as const

export interface ConfigOptions {
  readonly format: (typeof diagnosticFormats)[number]
}

export const configCommand = (run: RunAction): Command =>
  new Command('config')
    .description('The configuration as it is understood, without secrets, and what is wrong with it.')
    .addOption(formatOption(diagnosticFormats))
    .addHelpText(
      'after',
      `
Examples:
  seatlens config
  seatlens config --config customers/acme/seatlens.json
  seatlens config --format json

Each setting has its value, and where that is from: the configuration, a
variable of the environment, or a default. Of a secret, only where it is from is
shown. Commands that print secrets are not run.

Nothing is sent to a vendor. seatlens doctor does that.

Exit codes: 0 nothing is wrong; 2 something is wrong, or nothing is configured.`,
    )
    .action((options: ConfigOptions) =>
      run(async (invocation) => (await import('../actions/config.ts')).config(invocation, options)),
    )
