import { isBuiltin } from 'node:module'

/** The name of a package of npm, with or without a scope. */
const PACKAGE = `(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*`
const FILE = String.raw`\.\.?/.+`

/** What a `type` from outside looks like, as the source of a regular expression. */
export const OUTSIDE_TYPE = `(?:${PACKAGE}|${FILE})`

const PACKAGE_NAME = new RegExp(`^${PACKAGE}$`)
const FILE_PATH = new RegExp(`^${FILE}$`)

/** Whether a `type` names a file, relative to the folder of the configuration. */
export const isFilePath = (type: string): boolean => FILE_PATH.test(type)

/** Whether a `type` that is not of this package may name a package or a file. */
export const isOutsideType = (type: unknown): type is string =>
  typeof type === 'string' && ((PACKAGE_NAME.test(type) && !isBuiltin(type)) || isFilePath(type))
