import { Command } from 'commander'
import { type ReportFormatName, reportFormats } from '../formats/report-formats.ts'
import type { RunAction } from '../invocation.ts'
import { formatOption, seedOption, usersOption } from './options.ts'

export interface DemoOptions {
  readonly format: ReportFormatName
  readonly users: number
  readonly seed: number
}

export const demoCommand = (run: RunAction): Command =>
  new Command('demo')
    .description('The whole product with no credentials: simulators of every vendor on this machine, then the report.')
    .addOption(formatOption(reportFormats))
    .addOption(usersOption())
    .addOption(seedOption())
    .addHelpText(
      'after',
      `
Examples:
  seatlens demo
  seatlens demo --users 20000 --seed 7
  seatlens demo --format json`,
    )
    .action((options: DemoOptions) =>
      run(async (invocation) => (await import('../actions/demo.ts')).demo(invocation, options)),
    )
