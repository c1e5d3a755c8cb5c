import { basename, dirname, resolve } from 'node:path'
import type { Environment } from '../environment.ts'
import { parseJson, readTextFile, readTextFileIfThere } from '../input/text-file.ts'

export const CONFIGURATION_FILE = 'seatlens.json'

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
  { workingDirectory }: Environment,
): Promise<ConfigurationSource | undefined> => {
  const path = resolve(workingDirectory, given ?? CONFIGURATION_FILE)
  const name = given ?? basename(path)
  const read = given === undefined ? readTextFileIfThere : readTextFile
  const text = await read(path, name, 'the configuration')
  return text === undefined ? undefined : { name, folder: dirname(path), value: parseJson(name, text) }
}
