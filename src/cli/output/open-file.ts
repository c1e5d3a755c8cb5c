import { spawn } from 'node:child_process'
import type { Variables } from '../environment.ts'

/** None of them goes through a shell, so that no path can be taken for a command. */
const commandFor = (platform: string, path: string): readonly [command: string, ...words: string[]] => {
  switch (platform) {
    case 'darwin':
      return ['open', path]
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', path]
    default:
      return ['xdg-open', path]
  }
}

/** What has not failed by then has opened the file: some systems' command ends only with the browser. */
const PATIENCE_MS = 2_000

/**
 * Opens a file in the program that the user has chosen for its kind, and does not wait for that program.
 * Rejects where the system has no such command, or the command says that it could not. The path must be absolute.
 */
export const openFile = (path: string, variables: Variables, platform: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const [command, ...words] = commandFor(platform, path)
    const opener = spawn(command, words, { env: variables, stdio: 'ignore', detached: true, shell: false })
    const patience = setTimeout(resolve, PATIENCE_MS)
    opener.unref()
    opener.once('error', (error) => {
      clearTimeout(patience)
      reject(new Error(`${command} could not be started: ${error.message}`))
    })
    opener.once('exit', (code) => {
      clearTimeout(patience)
      if (code === 0) resolve()
      else reject(new Error(`${command} ended with code ${code}`))
    })
  })
