import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder of this package, from the sources and from the build alike: the nearest one with a package.json. */
export const packageFolder = (folder: string = import.meta.dirname): string =>
  existsSync(join(folder, 'package.json')) || folder === dirname(folder) ? folder : packageFolder(dirname(folder))
