import { Command } from 'commander'
import type { RunAction } from '../invocation.ts'
import { repeatable } from './options.ts'

export interface InitOptions {
  readonly type?: string
  readonly id?: string
  readonly set?: readonly string[]
  readonly add?: boolean
}

export const initCommand = (run: RunAction): Command =>
  new Command('init')
    .description('Asks what a configuration needs, and writes it; or adds a provider to it.')
    .option('--type <type>', 'the vendor: genesys, webex, or the name of an installed package')
    .option('--id <id>', 'what the provider is called (default: the vendor)')
    .option('--set <setting=value>', 'a setting of the provider (repeatable)', repeatable)
    .option('--add', 'without a terminal: add the provider to the configuration that is there')
    .addHelpText(
      'after',
      `
Examples:
  seatlens init
  seatlens --config webex.json init --type webex \\
    --set accessToken=env:WEBEX_ACCESS_TOKEN
  seatlens --config genesys.json init --type genesys \\
    --set region=mypurecloud.ie --set clientId=env:GENESYS_CLIENT_ID \\
    --set clientSecret=env:GENESYS_CLIENT_SECRET
  seatlens init --add --type webex --id webex-lab \\
    --set "accessToken=command:echo token"

On a terminal, it asks for what the options do not say. Without one, the options
say everything. Ctrl-C leaves everything as it is.

No secret is written. Where it comes from is:
  env:NAME                a variable of the environment
  file:NAME               a file, relative to the folder of the configuration
  command:PROGRAM WORD …  the first line that a program prints, such as a
                          password manager; without a shell
Files and programs are tried before anything is written. Other settings take
env:NAME, or the value itself. At the end, doctor says whether it works.

Beside a new configuration it writes seatlens.schema.json, for editors.`,
    )
    .action((options: InitOptions) =>
      run(async (invocation) => (await import('../actions/init.ts')).init(invocation, options)),
    )
