import { Command } from 'commander'
import type { RunAction } from '../invocation.ts'
import { latencyOption, portOption, seedOption, usersOption } from './options.ts'

export interface SimulateOptions {
  readonly users: number
  readonly seed: number
  readonly latency: number
  readonly port?: number
}

export const simulateCommand = (run: RunAction): Command =>
  new Command('simulate')
    .description('Starts simulators of all vendors on this machine and prints a configuration for them.')
    .addOption(usersOption())
    .addOption(seedOption())
    .addOption(latencyOption())
    .addOption(portOption())
    .addHelpText(
      'after',
      `
Examples:
  seatlens simulate > seatlens.json
  seatlens report                        in a second terminal, meanwhile
  seatlens simulate --users 50000 --latency 50 --port 4010

It runs until you interrupt it (Ctrl-C).`,
    )
    .action((options: SimulateOptions) =>
      run(async (invocation) => (await import('../actions/simulate.ts')).simulate(invocation, options)),
    )
