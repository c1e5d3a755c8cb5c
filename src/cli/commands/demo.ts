import { Command } from 'commander'
import { type ReportFormat, type ReportLayout, reportFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption, layoutOption, seedOption, usersOption } from './options.ts'

export interface DemoOptions {
  readonly format: ReportFormat
  readonly by: ReportLayout
  readonly output?: string
  readonly open?: boolean
  readonly users: number
  readonly seed: number
}

export const demoCommand = (run: RunAction): Command =>
  new Command('demo')
    .description('The whole product with no credentials: simulators of every vendor on this machine, then the report.')
    .addOption(formatOption(reportFormats))
    .addOption(layoutOption())
    .option('--output <file>', 'write it there, in the format that its name ends with, instead of to stdout')
    .option('--open', 'with --format html: open it')
    .addOption(usersOption())
    .addOption(seedOption())
    .hook('preAction', formatByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens demo
  seatlens demo --users 20000 --seed 7
  seatlens demo --format html --open
  seatlens demo --format json`,
    )
    .action((options: DemoOptions) =>
      run(async (invocation) => (await import('../actions/demo.ts')).demo(invocation, options)),
    )
