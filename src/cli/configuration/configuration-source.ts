import { dirname } from 'node:path'
import type { Environment } from '../environment.ts'
import { parseJson, readTextFile, readTextFileIfThere } from '../input/text-file.ts'
import { CONFIGURATION_FILE, configurationPath } from './configuration-path.ts'

/** A configuration before anybody has looked at it. */
export interface ConfigurationSource {
  /** For messages: the file as the user would name it. */
  readonly name: string
  /** What relative paths in it are relative to. */
  readonly folder: string
  readonly value: unknown
}

/** The file given, else the one in the working folder; undefined where neither is. */
export const readConfigurationFile = async (
  given: string | undefined,
  environment: Environment,
): Promise<ConfigurationSource | undefined> => {
  const path = configurationPath(given, environment)
  const name = given ?? CONFIGURATION_FILE
  const read = given === undefined ? readTextFileIfThere : readTextFile
  const text = await read(name, 'the configuration', environment)
  return text === undefined ? undefined : { name, folder: dirname(path), value: parseJson(name, text) }
}
