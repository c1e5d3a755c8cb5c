import { Command } from 'commander'
import type { RunAction } from '../invocation.ts'
import { diagnosticFormats } from './config.ts'
import { formatOption, providerOption } from './options.ts'

export interface DoctorOptions {
  readonly format: (typeof diagnosticFormats)[number]
  readonly provider?: readonly string[]
}

export const doctorCommand = (run: RunAction): Command =>
  new Command('doctor')
    .description('Whether each provider can be read, as whom, and which commands its credentials are enough for.')
    .addOption(formatOption(diagnosticFormats))
    .addOption(providerOption())
    .addHelpText(
      'after',
      `
Examples:
  seatlens doctor
  seatlens doctor --provider genesys
  seatlens doctor --format json

It reads, and changes nothing. Whether commands that change seats are usable is
"unknown until tried", unless the vendor lists what the credentials are granted.
A vendor that does not answer is given up after 5 seconds.

Exit codes: 0 everything that reads is usable; 4 every provider refuses its
credentials, or lets them read nothing; 5 a provider cannot be reached, or a
permission for reading is missing; 7 the deadline or a rate limit.`,
    )
    .action((options: DoctorOptions) =>
      run(async (invocation) => (await import('../actions/doctor.ts')).doctor(invocation, options)),
    )
