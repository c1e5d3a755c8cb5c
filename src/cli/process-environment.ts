import type { Environment, OutputStream } from './environment.ts'

export const processEnvironment: Environment = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  workingDirectory: process.cwd(),
  onInterrupt: (listener) => {
    process.on('SIGINT', listener)
    return () => process.off('SIGINT', listener)
  },
  exit: (code) => process.exit(code),
}

const flush = (stream: OutputStream): Promise<void> => new Promise((resolve) => stream.write('', () => resolve()))

/** Resolves when everything written has left the process, or cannot leave it any more. */
export const flushed = async (): Promise<void> => {
  await flush(process.stdout)
  await flush(process.stderr)
}
