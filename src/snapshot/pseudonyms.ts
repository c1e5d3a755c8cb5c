import { isVendorsField, UNNAMED_FILE } from '../model/activity.ts'
import type { Capacity } from '../model/count.ts'
import { foldedText } from '../model/folded-text.ts'
import { hexadecimal } from '../model/hexadecimal.ts'
import type { License } from '../model/license.ts'
import type { LicensedUser, Seat } from '../model/licensed-user.ts'
import { momentOf } from '../model/moment.ts'
import type { Origin } from '../model/purchase.ts'
import { subtleCrypto } from '../model/sha256.ts'
import { present } from '../model/with-defaults.ts'
import type { Workspace } from '../model/workspace.ts'

/** Makes pseudonyms of names, addresses and ids: by one key, the same text always has the same pseudonym. */
export interface Pseudonyms {
  /** HMAC-SHA-256 of a text under the key, in hexadecimal digits. */
  readonly digest: (text: string) => string
}

/** Reserved so that nothing is ever delivered there. */
const DOMAIN = 'pseudonym.invalid'
const DIGITS = 32
const NAME_DIGITS = 12

const ID = new RegExp(`^[0-9a-f]{${DIGITS}}$`)

/** Whether a text is what stands in a pseudonymized snapshot for the address or the id of a user. */
export const isPseudonym = (user: string): boolean => {
  const text = foldedText(user)
  const [local = '', domain] = text.split('@')
  return ID.test(local) && (domain === undefined || domain === DOMAIN)
}

/** How ids of keys are made slow: an attacker pays this for every key that is tried, a snapshot pays it once. */
export const KEY_ID_BY = 'PBKDF2-SHA-256'
const ROUNDS = 600_000
const SALT = 'seatlens pseudonyms'

/** The id that version 0.1 gave to keys, made slow to guess a key by. */
export const slowKeyId = async (quickKeyId: string): Promise<string> => {
  const encoder = new TextEncoder()
  const subtle = subtleCrypto()
  const key = await subtle.importKey('raw', encoder.encode(quickKeyId), 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: encoder.encode(SALT), iterations: ROUNDS }
  return hexadecimal(await subtle.deriveBits(how, key, DIGITS * 4))
}

/** Equal for equal keys, and of little use for finding out whether a guessed one is right. */
export const keyIdOf = ({ digest }: Pseudonyms): Promise<string> => slowKeyId(digest('key').slice(0, DIGITS))

/** Equal for equal names of one kind; null and nothing stay what they are. */
const named = <A extends string | null | undefined>({ digest }: Pseudonyms, kind: string, name: A): string | A => {
  if (typeof name !== 'string') return name
  const text = name.trim()
  return text === '' ? '' : `${kind} ${digest(`${kind.toLowerCase()} ${text}`).slice(0, NAME_DIGITS)}`
}

/** Equal for equal addresses, of whichever user and in whichever place; nothing where there is none. */
const addressOf = ({ digest }: Pseudonyms, email: string): string => {
  const address = foldedText(email)
  return address === '' ? '' : `${digest(`email ${address}`).slice(0, DIGITS)}@${DOMAIN}`
}

/** The day, as the minute may be known elsewhere; nothing where it is no time at all. */
const dayOf = (time: string): string | undefined => {
  const moment = momentOf(time)
  if (moment === undefined) return undefined
  return `${new Date(moment).toISOString().slice(0, 'YYYY-MM-DD'.length)}T00:00:00.000Z`
}

const seatByDay = ({ licenseId, assignedAt, firstSeenAt, assignedBy }: Seat): Seat => ({
  licenseId,
  ...present({ assignedAt: assignedAt && dayOf(assignedAt), firstSeenAt: firstSeenAt && dayOf(firstSeenAt) }, [
    'assignedAt',
    'firstSeenAt',
  ]),
  assignedBy,
})

/**
 * The same user under other names. Users who share an address, in any case, share its pseudonym: in every provider, and in
 * every snapshot made with the same key. Only the fields that are named here stay, the licenses among them. A field that a
 * later version adds to users stays out until it is named here.
 */
export const pseudonymous = (pseudonyms: Pseudonyms, user: LicensedUser): LicensedUser => {
  const { digest } = pseudonyms
  const { provider, id, kind, status, licenseIds, pendingLicenseIds, email, otherEmails, displayName } = user
  const address = email === undefined ? '' : foldedText(email)
  const person = address === '' ? digest(`id ${id}`) : digest(`email ${address}`)
  const lastActiveAt = user.lastActiveAt === undefined ? undefined : dayOf(user.lastActiveAt)
  return {
    provider,
    id: digest(`id ${id}`).slice(0, DIGITS),
    kind,
    status,
    ...present(user, ['invitePending', 'neverActive']),
    licenseIds,
    pendingLicenseIds,
    ...(displayName === undefined ? {} : { displayName: `Person ${person.slice(0, NAME_DIGITS)}` }),
    ...(email === undefined ? {} : { email: addressOf(pseudonyms, email) }),
    ...(otherEmails === undefined ? {} : { otherEmails: otherEmails.map((other) => addressOf(pseudonyms, other)) }),
    ...present(
      {
        department: named(pseudonyms, 'Department', user.department),
        division: named(pseudonyms, 'Division', user.division),
        manager: named(pseudonyms, 'Manager', user.manager),
        location: named(pseudonyms, 'Location', user.location),
        costCenter: named(pseudonyms, 'Cost center', user.costCenter),
        createdAt: user.createdAt && dayOf(user.createdAt),
        hiredAt: user.hiredAt && dayOf(user.hiredAt),
        lastActiveAt,
        activity: user.activity?.flatMap(({ at, source, covers }) => {
          const day = dayOf(at)
          return day === undefined
            ? []
            : [{ at: day, source: isVendorsField(source) ? source : UNNAMED_FILE, ...present({ covers }, ['covers']) }]
        }),
        seats: user.seats?.map(seatByDay),
      },
      [
        'department',
        'division',
        'manager',
        'location',
        'costCenter',
        'createdAt',
        'hiredAt',
        'lastActiveAt',
        'activity',
        'seats',
      ],
    ),
  }
}

/** The same workspace under another name: names of rooms may be those of people, and tell where they work. */
const pseudonymousWorkspace = (pseudonyms: Pseudonyms, workspace: Workspace): Workspace => {
  const { provider, id, displayName, licenseIds } = workspace
  const place = pseudonyms.digest(`workspace ${id}`)
  return {
    provider,
    id: place.slice(0, DIGITS),
    licenseIds,
    ...(displayName === undefined ? {} : { displayName: `Workspace ${place.slice(0, NAME_DIGITS)}` }),
    ...present(
      {
        location: named(pseudonyms, 'Location', workspace.location),
        likelyLicenseIds: workspace.likelyLicenseIds,
        devices: workspace.devices,
        createdAt: workspace.createdAt && dayOf(workspace.createdAt),
        lastSeenAt: workspace.lastSeenAt && dayOf(workspace.lastSeenAt),
      },
      ['location', 'likelyLicenseIds', 'devices', 'createdAt', 'lastSeenAt'],
    ),
  }
}

const unnamedOrigin = ({ source, at, period }: Origin): Origin => ({
  source,
  ...present({ at, period }, ['at', 'period']),
})

const UNTOLD = 'the reason is not kept: it may name a file or a contract'

/**
 * The license without the names of files and the numbers of contracts that its numbers come from: the name of a file may be
 * that of a person, and a contract says whose it is.
 */
export const withoutOriginNames = (license: License): License => {
  const { purchasedFrom, consumedFrom, purchases, overridden } = license
  const origins = [
    purchasedFrom,
    consumedFrom,
    ...[...(purchases ?? []), ...(overridden ?? [])].map(({ from }) => from),
  ]
  const names = [...new Set(origins.flatMap((origin) => origin?.name || []))]
  if (names.length === 0) return license
  const told = <A extends Capacity>(count: A): A =>
    count.kind === 'unknown' && names.some((name) => count.reason.includes(name)) ? { ...count, reason: UNTOLD } : count
  return {
    ...license,
    purchased: told(license.purchased),
    consumed: told(license.consumed),
    ...(purchasedFrom === undefined ? {} : { purchasedFrom: unnamedOrigin(purchasedFrom) }),
    ...(consumedFrom === undefined ? {} : { consumedFrom: unnamedOrigin(consumedFrom) }),
    ...(purchases === undefined
      ? {}
      : {
          purchases: purchases.map(({ from, quantity, billed, ...purchase }) => ({
            ...purchase,
            ...present({ quantity: quantity && told(quantity), billed: billed && told(billed) }, [
              'quantity',
              'billed',
            ]),
            from: unnamedOrigin(from),
          })),
        }),
    ...(overridden === undefined
      ? {}
      : {
          overridden: overridden.map(({ field, value, from }) => ({
            field,
            value: told(value),
            ...(from === undefined ? {} : { from: unnamedOrigin(from) }),
          })),
        }),
  }
}

interface Identified {
  readonly id: string
}

const byId = ({ id: one }: Identified, { id: other }: Identified): number => {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** All workspaces under other names, sorted by these. */
export const pseudonymousWorkspaces = (
  pseudonyms: Pseudonyms,
  workspaces: readonly Workspace[],
): readonly Workspace[] => workspaces.map((workspace) => pseudonymousWorkspace(pseudonyms, workspace)).sort(byId)
