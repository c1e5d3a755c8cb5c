import { Argument, Command } from 'commander'
import type { RunAction } from '../invocation.ts'

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const

export type Shell = (typeof shells)[number]

export const completionCommand = (run: RunAction): Command =>
  new Command('completion')
    .description('Prints a script with which the Tab key completes commands, options, files and ids of providers.')
    .addArgument(new Argument('<shell>', 'the shell that you use').choices(shells))
    .addHelpText(
      'after',
      `
Examples:
  seatlens completion bash > seatlens.bash
  seatlens completion powershell > seatlens.ps1

To have it in every new shell, add this line to the file:
  Bash        ~/.bashrc
              eval "$(seatlens completion bash)"
  Zsh         ~/.zshrc, below compinit
              eval "$(seatlens completion zsh)"
  fish        ~/.config/fish/config.fish
              seatlens completion fish | source
  PowerShell  the file that $PROFILE names
              seatlens completion powershell | Out-String | Invoke-Expression

It completes commands, options and their values, files, and, from the
configuration (--config, or seatlens.json in the working folder), the ids of
providers and the licenses that have overrides or limits. It reads files only:
it asks for no secret and sends no request. The script need not be renewed when
you update Seatlens.`,
    )
    .action((shell: Shell) =>
      run(async (invocation) => (await import('../actions/completion.ts')).completion(invocation, shell)),
    )
