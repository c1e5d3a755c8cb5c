/** A room, desk or shared phone that holds licenses. It is no user and no person. */
export interface Workspace {
  /** The id of the configured provider instance. */
  readonly provider: string
  /** The vendor's own id, opaque. Unique within one provider. */
  readonly id: string
  readonly displayName?: string | undefined
  /** Where it is, in the vendor's words; null: the vendor's record names no place. */
  readonly location?: string | null | undefined
  /** Ids of the licenses that the vendor says it holds, each once. */
  readonly licenseIds: readonly string[]
  /** Ids of licenses one of which it probably holds, though the vendor does not say so: for estimates only. */
  readonly likelyLicenseIds?: readonly string[] | undefined
  /** How many devices it has. Absent: they were not read. */
  readonly devices?: number | undefined
  /** When it was created, in ISO 8601. Absent: the vendor does not provide it. */
  readonly createdAt?: string | undefined
  /** When the last of its devices was seen, as ISO 8601 in UTC. Absent: it has none, or the vendor does not provide it. */
  readonly lastSeenAt?: string | undefined
  /** The vendor's record, untouched. Only with `includeRaw`. */
  readonly raw?: unknown
}
