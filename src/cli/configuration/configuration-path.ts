import { resolve } from 'node:path'
import type { Environment } from '../environment.ts'

export const CONFIGURATION_FILE = 'seatlens.json'

/** Where the configuration is: the file given, else the one in the working folder. */
export const configurationPath = (
  given: string | undefined,
  { workingDirectory }: Pick<Environment, 'workingDirectory'>,
): string => resolve(workingDirectory, given ?? CONFIGURATION_FILE)
