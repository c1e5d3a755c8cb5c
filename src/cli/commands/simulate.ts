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
    .description('Starts simulators of every vendor on this machine and prints a configuration that reaches them.')
    .addOption(usersOption())
    .addOption(seedOption())
    .addOption(latencyOption())
    .addOption(portOption())
    .addHelpText(
      'after',
      `
Examples:
  seatlens simulate > seatlens.json      then, elsewhere: seatlens report
  seatlens simulate --users 50000 --latency 50 --port 4010

Runs until it is interrupted (Ctrl-C).`,
    )
    .action((options: SimulateOptions) =>
      run(async (invocation) => (await import('../actions/simulate.ts')).simulate(invocation, options)),
    )
