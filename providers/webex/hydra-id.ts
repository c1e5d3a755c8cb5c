/** The beginning of every public id of Webex: base64 of `ciscospark:/`, the same in both alphabets. */
const BEGINNING = 'Y2lzY29zcGFyazov'

/** Whether an id has characters of which base64 has others, or none. Few ids have one. */
const varies = (id: string): boolean => id.endsWith('=') || id.includes('-') || id.includes('_')

const withoutPadding = (id: string): string => {
  let end = id.length
  while (id[end - 1] === '=') end--
  return id.slice(0, end)
}

/**
 * What an id of Webex is compared by. Ids are shown and sent as the vendor gives them, but the padding of base64, and
 * which of its two alphabets is used, make no difference. Ids of another kind are compared as they are.
 */
export const idKey = (id: string): string =>
  id.startsWith(BEGINNING) && varies(id) ? withoutPadding(id).replaceAll('-', '+').replaceAll('_', '/') : id

/** What is inside of a public id. */
export interface HydraId {
  /** `LICENSE`, `PEOPLE`, `ORGANIZATION` and others. */
  readonly type: string
  readonly inner: string
}

const HYDRA = /^ciscospark:\/\/[^/]+\/([^/]+)\/(.+)$/

/**
 * Reads `ciscospark://<cluster>/<TYPE>/<inner>` out of an id; undefined where it is not one. What is inside is compared,
 * and never used to build anything.
 */
export const readHydraId = (id: string): HydraId | undefined => {
  if (!id.startsWith(BEGINNING)) return undefined
  try {
    const [, type, inner] = HYDRA.exec(atob(idKey(id))) ?? []
    return type === undefined || inner === undefined ? undefined : { type, inner }
  } catch {
    // Not base64 after all.
    return undefined
  }
}

/** Whether the id of a request and the id in its answer are one. Webex takes the inside of an id in its place, too. */
export const isSameId = (asked: string, answered: string): boolean =>
  idKey(asked) === idKey(answered) || readHydraId(answered)?.inner.toLowerCase() === asked.toLowerCase()
