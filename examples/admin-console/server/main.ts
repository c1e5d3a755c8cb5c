import { parseArgs } from 'node:util'
import { tellMistake, untilStopped } from './process.ts'
import { readSettings } from './settings.ts'
import { startConsole } from './start-console.ts'

/** Starts the server for the organizations of a configuration: `--config FILE`. */
const { values } = parseArgs({ options: { config: { type: 'string', default: 'console.json' } } })

try {
  const settings = await readSettings(values.config, process.env)
  const console_ = await startConsole(settings, { write: (line) => process.stdout.write(`${line}\n`) })
  process.stderr.write(`The admin console is at ${console_.url}\n`)
  await untilStopped(console_.stop)
} catch (error) {
  tellMistake(values.config, error)
}
