import { stat } from 'node:fs/promises'
import { resolve as resolvePath } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { resolve as resolveModule } from 'import-meta-resolve'
import { errorCodeOf } from '../../node/index.ts'
import { Values } from '../../provider-kit/index.ts'
import { isFilePath } from './outside-type.ts'

/** Why a package or file has no default export to be had. */
export type ImportFailure = { readonly kind: 'missing' } | { readonly kind: 'failed'; readonly thrown: unknown }

const isFile = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

/** Where the code is; undefined where it is not. A package is found as Node finds it for an import in that folder. */
const addressOf = async (type: string, folder: string): Promise<string | undefined> => {
  if (isFilePath(type)) {
    const path = resolvePath(folder, type)
    return (await isFile(path)) ? pathToFileURL(path).href : undefined
  }
  try {
    return resolveModule(type, pathToFileURL(resolvePath(folder, 'seatlens.json')).href)
  } catch (error) {
    if (errorCodeOf(error) === 'ERR_MODULE_NOT_FOUND') return undefined
    throw error
  }
}

/** A CommonJS module that was compiled from an ES module has its default export within. */
const defaultOf = (module: unknown): unknown => {
  const { default: exported } = Values.isRecord(module) ? module : {}
  return Values.isRecord(exported) && exported.__esModule === true ? exported.default : exported
}

/** Runs the code that a `type` names, and gives its default export. The folder is that of the configuration. */
export const importOutside = async (type: string, folder: string): Promise<E.Either<ImportFailure, unknown>> => {
  try {
    const address = await addressOf(type, folder)
    return address === undefined ? E.left({ kind: 'missing' }) : E.right(defaultOf(await import(address)))
  } catch (thrown) {
    return E.left({ kind: 'failed', thrown })
  }
}
