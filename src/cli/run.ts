import { main } from './main.ts'
import { flushed, processEnvironment } from './process-environment.ts'
import { registry } from './registry.ts'

/** Runs the command line in this process, and ends the process with its exit code. */
export const run = async (): Promise<never> => {
  const code = await main(process.argv.slice(2), processEnvironment, registry)
  await flushed(processEnvironment)
  process.exit(code)
}
