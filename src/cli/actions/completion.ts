import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Shell } from '../commands/completion.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import type { Invocation } from '../invocation.ts'
import { writeOut } from '../output/write-out.ts'
import { packageFolder } from '../package-folder.ts'

/** Each asks the command line itself what may stand at the cursor, so that no script is ever out of date. */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: 'seatlens.bash',
  zsh: '_seatlens',
  fish: 'seatlens.fish',
  powershell: 'seatlens.ps1',
}

export const completion = async ({ environment }: Invocation, shell: Shell): Promise<readonly ProviderOutcome[]> => {
  await writeOut(environment, await readFile(join(packageFolder(), 'completion', SCRIPTS[shell]), 'utf8'))
  return []
}
