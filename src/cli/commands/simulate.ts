import { Command } from 'commander'
import type { RunAction } from '../invocation.ts'
import { corsOption, latencyOption, organizationsOption, portOption, seedOption, usersOption } from './options.ts'

export interface SimulateOptions {
  readonly users: number
  readonly seed: number
  readonly organizations: number
  readonly latency: number
  readonly port?: number
  readonly write?: string
  readonly cors?: readonly string[]
}

export const simulateCommand = (run: RunAction): Command =>
  new Command('simulate')
    .description('Starts simulators of all vendors on this machine and prints a configuration for them.')
    .addOption(usersOption())
    .addOption(seedOption())
    .addOption(organizationsOption())
    .addOption(latencyOption())
    .addOption(portOption())
    .addOption(corsOption())
    .option(
      '--write <folder>',
      'a new folder for the configuration, snapshots of three months, and a plan that was applied',
    )
    .addHelpText(
      'after',
      `
Examples:
  seatlens simulate --write sandbox
  seatlens simulate > seatlens.json
  seatlens simulate --users 50000 --latency 50 --port 4010
  seatlens simulate --organizations 20 --users 100 > seatlens.json
  seatlens simulate --config seatlens.json --write sandbox

It runs until you interrupt it (Ctrl-C). Meanwhile, in a second terminal, all
other commands work where the configuration is:
  seatlens report --detail
  seatlens plan --fix dormant-holder --limit 20 --output plan.json
  seatlens apply plan.json

With --organizations, you are a partner with so many customers:
  seatlens orgs
  seatlens report --by organization
  seatlens report --split-by provider --format html --output customers

What is applied is kept until the simulators stop.

With --config, the vendors of the packages that this configuration names have
simulators too. Write the folder below that of the configuration, where the
packages are found. Without --config, no configuration is read.`,
    )
    .action((options: SimulateOptions) =>
      run(async (invocation) => (await import('../actions/simulate.ts')).simulate(invocation, options)),
    )
