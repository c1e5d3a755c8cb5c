import type * as E from 'fp-ts/lib/Either.js'
import { loadOptional } from '../optional-package.ts'
import type { PackageMissing } from '../query-failure.ts'

const load = async () => {
  const [{ default: pg }, { from }] = await Promise.all([import('pg'), import('pg-copy-streams')])
  return { Client: pg.Client, copyFrom: from }
}

export type PostgresClient = Awaited<ReturnType<typeof load>>

/** The packages are optional: they are loaded with the first database, and not before. */
export const loadPostgres = (): Promise<E.Either<PackageMissing, PostgresClient>> =>
  loadOptional('the client of PostgreSQL', 'pg pg-copy-streams', load)
