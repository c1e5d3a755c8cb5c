import { slowKeyId } from '../pseudonyms.ts'
import type { Snapshot } from '../read-snapshot.ts'

const idsOf = ({ manifest }: Snapshot): string => manifest.providers.map(({ id }) => id).join(', ')

/** The id of the key of its pseudonyms, as it is made now; undefined where people have their names. */
export const keyIdIn = async ({ manifest: { pseudonyms } }: Snapshot): Promise<string | undefined> =>
  pseudonyms === undefined || pseudonyms.keyIdBy !== undefined ? pseudonyms?.keyId : slowKeyId(pseudonyms.keyId)

/** Why two snapshots cannot be of the same people and organizations, in one line; undefined where they may be. */
export const reasonNotToCompare = async (before: Snapshot, after: Snapshot): Promise<string | undefined> => {
  const [oldKey, newKey] = await Promise.all([keyIdIn(before), keyIdIn(after)])
  if (oldKey !== newKey) {
    return oldKey === undefined || newKey === undefined
      ? 'one of the snapshots is pseudonymized and the other is not, so users cannot be matched; compare two of one kind'
      : 'the snapshots are pseudonymized with different keys, so users cannot be matched; compare two of one key'
  }
  const vendors = new Map(after.manifest.providers.map(({ id, vendor }) => [id, vendor]))
  const shared = before.manifest.providers.filter(({ id }) => vendors.has(id))
  if (shared.length === 0) {
    return `the snapshots are of different organizations: one has ${idsOf(before)}, the other has ${idsOf(after)}`
  }
  const other = shared.find(({ id, vendor }) => vendors.get(id) !== vendor)
  return other === undefined
    ? undefined
    : `the snapshots are of different organizations: ${other.id} is ${other.vendor} in one, and ${vendors.get(other.id)} in the other`
}

/** Fewer may all have changed from one month to the next. */
const FEW_USERS = 5

/** The same for the users of one provider: ids are the vendor's own, and no organization has those of another. */
export const reasonNotToCompareUsers = (
  provider: string,
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): string | undefined => {
  if (before.size < FEW_USERS || after.size < FEW_USERS) return undefined
  for (const id of before.keys()) if (after.has(id)) return undefined
  return `the snapshots are of different organizations: ${provider} has no user that is in both`
}
