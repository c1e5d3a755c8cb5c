import * as E from 'fp-ts/lib/Either.js'
import { errorCodeOf } from '../../node/index.ts'
import type { PackageMissing } from '../query-failure.ts'

const PACKAGES = 'pg pg-copy-streams'

const missing: PackageMissing = {
  _tag: 'PackageMissing',
  message: `the client of PostgreSQL is not installed; install it beside seatlens: npm install ${PACKAGES}`,
  packageName: PACKAGES,
}

const load = async () => {
  const [{ default: pg }, { from }] = await Promise.all([import('pg'), import('pg-copy-streams')])
  return { Client: pg.Client, copyFrom: from }
}

export type PostgresClient = Awaited<ReturnType<typeof load>>

/** The packages are optional: they are loaded with the first database, and not before. */
export const loadPostgres = async (): Promise<E.Either<PackageMissing, PostgresClient>> => {
  try {
    return E.right(await load())
  } catch (error) {
    const code = errorCodeOf(error)
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return E.left(missing)
    throw error
  }
}
