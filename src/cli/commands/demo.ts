import { Command } from 'commander'
import { type ReportFormat, type ReportLayout, reportFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption, layoutOption, outputOption, seedOption, usersOption } from './options.ts'

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
    .description('Shows the report on simulated organizations. Needs no credentials.')
    .addOption(formatOption(reportFormats))
    .addOption(layoutOption())
    .addOption(outputOption())
    .option('--open', 'with --format html: open the page')
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
