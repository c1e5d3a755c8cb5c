import { parseArgs } from 'node:util'
import { readSettings, SettingsMistake } from './settings.ts'
import { startConsole } from './start-console.ts'
import { untilStopped } from './until-stopped.ts'

/** Starts the server for the organizations of a configuration: `--config FILE`. */
const { values } = parseArgs({ options: { config: { type: 'string', default: 'console.json' } } })

try {
  const settings = await readSettings(values.config, process.env)
  const console_ = await startConsole(settings, { write: (line) => process.stdout.write(`${line}\n`) })
  process.stderr.write(`The admin console is at ${console_.url}\n`)
  await untilStopped(console_.stop)
} catch (error) {
  if (!(error instanceof SettingsMistake)) throw error
  process.stderr.write(`${values.config}: ${error.message}\n`)
  process.exitCode = 2
}
