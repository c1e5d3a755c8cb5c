import { Command } from 'commander'
import type { RunAction } from '../invocation.ts'
import { jsonByName } from './format-by-name.ts'

export interface SchemaOptions {
  readonly output?: string
}

export const schemaCommand = (run: RunAction): Command =>
  new Command('schema')
    .description('The JSON schema of the configuration, with the settings of the packages that it names.')
    .option('--output <file>', 'write to this file instead of stdout; the file appears whole or not at all')
    .hook('preAction', jsonByName)
    .addHelpText(
      'after',
      `
Examples:
  seatlens schema --output seatlens.schema.json
  seatlens schema --config customers/acme/seatlens.json

Editors complete and check seatlens.json by it:
  "$schema": "./seatlens.schema.json"

Without a configuration, it is the schema of the vendors that Seatlens has
itself. Of the configuration, only the types of the providers are read. Run it
again when you have added or updated a package.`,
    )
    .action((options: SchemaOptions) =>
      run(async (invocation) => (await import('../actions/schema.ts')).schema(invocation, options)),
    )
