import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { problemOfFile, readTextFile, writePrivateFile } from '../../node/index.ts'
import type { Environment } from '../environment.ts'
import { notify } from '../output/notify.ts'
import type { OpenedOrganizations } from './open-organizations.ts'

/** What is kept of the organizations that were listed last, by key. */
const SeenOrganizations = t.type(
  {
    version: t.literal(1),
    organizations: t.record(
      t.string,
      t.intersection([t.type({ since: t.string }), t.partial({ name: t.string })]),
      'organizations by key',
    ),
  },
  'seen organizations',
)
type SeenOrganizations = t.TypeOf<typeof SeenOrganizations>

/** One that was listed before, and when that was first. */
export interface SeenOrganization {
  readonly key: string
  readonly name?: string | undefined
  /** When it was listed first, ISO 8601. */
  readonly since: string
}

/** What is different from what was listed last. */
export interface OrganizationNews {
  /** By key. Absent of one that is new. */
  readonly seen: ReadonlyMap<string, SeenOrganization>
  /** Nothing was listed before, so that nothing is new. */
  readonly isFirst: boolean
  readonly gone: readonly SeenOrganization[]
}

const fileOf = (entry: string): string => `.seatlens/${entry}.organizations.json`

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The file of what was seen last, beside the configuration, as tokens are; undefined where there is none. One that cannot be read
 * is told, since without it no organization would seem to have come or gone.
 */
const readSeen = async (
  path: string,
  name: string,
  environment: Environment,
): Promise<SeenOrganizations | undefined> => {
  const text = await readTextFile(path)()
  const value = E.isRight(text) ? parsed(text.right) : undefined
  if (SeenOrganizations.is(value)) return value
  if (E.isLeft(text) && text.left._tag === 'FileMissing') return undefined
  const problem = E.isLeft(text) ? text.left.problem : 'it is damaged'
  notify(environment, `${name}: ${problem}; which organizations came or went since the last run is unknown`)
  return undefined
}

/** Resolves to why it cannot be written; undefined: it is. */
const keep = async (path: string, seen: SeenOrganizations): Promise<string | undefined> => {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  } catch (error) {
    return problemOfFile(error)
  }
  const written = await writePrivateFile(path, new TextEncoder().encode(`${JSON.stringify(seen, null, 2)}\n`))()
  return E.isLeft(written) ? written.left.problem : undefined
}

/**
 * Compares the organizations of an entry with those that were listed last, tells of the ones that came and went, and keeps them for
 * the next run. Only lists that were read to their ends are compared and kept: what a failing list does not name is not gone.
 */
export const compareWithSeen = async (
  { entry, organizations, areAll }: OpenedOrganizations,
  folder: string,
  environment: Environment,
): Promise<OrganizationNews> => {
  const path = resolve(folder, fileOf(entry))
  const kept = await readSeen(path, fileOf(entry), environment)
  const seen = new Map(Object.entries(kept?.organizations ?? {}).map(([key, one]) => [key, { key, ...one }]))
  const isFirst = kept === undefined
  const listed = new Set(organizations.map(({ key }) => key))
  const gone = areAll ? [...seen.values()].filter(({ key }) => !listed.has(key)) : []
  const news = { seen, isFirst, gone }
  if (!areAll) return news
  const now = new Date().toISOString()
  const added = isFirst ? [] : organizations.filter(({ key }) => !seen.has(key))
  for (const { name, provider } of added) notify(environment, `${entry}: new: ${name ?? provider} (${provider})`)
  for (const { name, key, since } of gone) {
    notify(
      environment,
      `${entry}: gone: ${name ?? key} (${key}), listed since ${since.slice(0, 10)}, is not listed any more`,
    )
  }
  const isSame =
    !isFirst &&
    added.length === 0 &&
    gone.length === 0 &&
    organizations.every(({ key, name }) => seen.get(key)?.name === name)
  if (isSame) return news
  const next: SeenOrganizations = {
    version: 1,
    organizations: Object.fromEntries(
      organizations.map(({ key, name }) => [
        key,
        { ...(name === undefined ? {} : { name }), since: seen.get(key)?.since ?? now },
      ]),
    ),
  }
  environment.files.keeps(path, fileOf(entry))
  const problem = await keep(path, next)
  if (problem !== undefined) {
    const advice = 'the next run cannot tell which organizations are new'
    notify(environment, `${fileOf(entry)}: cannot be written: ${problem}; ${advice}`)
  }
  return news
}
