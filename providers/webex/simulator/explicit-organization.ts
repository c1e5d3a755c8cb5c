import { isRawRecord, type Listing, listedHoldings, listedSet } from '../../../src/simulator-kit/index.ts'
import { isListed, type WebexBase } from './organization.ts'
import type { WebexWorld } from './world.ts'

const listingOf = <A>(rows: readonly A[]): Listing<A> => ({ size: rows.length, at: (position) => rows[position] })

/** An organization exactly as it is written out. */
export const explicitWebexOrganization = (world: WebexWorld): WebexBase => {
  const { people, workspaces = [] } = world
  const rooms = workspaces.flatMap((workspace) => (isRawRecord(workspace) ? [] : [workspace]))
  const devices = rooms.flatMap(({ id, devices = [] }) => devices.map((device) => ({ ...device, workspaceId: id })))
  const numbers = new Map<string, number>()
  for (const [user, person] of people.entries()) if (!isRawRecord(person)) numbers.set(person.id, user)
  const personAt = (user: number) => {
    const person = people[user]
    return person === undefined || isRawRecord(person) ? undefined : person
  }

  return {
    uuid: world.organization?.uuid ?? 'c3d4e5f6-0718-4293-a4b5-c6d7e8f90a1b',
    name: world.organization?.name ?? 'Example Organization',
    licenses: world.licenses,
    people: listedSet(
      [...people.keys()].filter((user) => {
        const person = personAt(user)
        return person === undefined || isListed(person)
      }),
    ),
    users: people.length,
    personAt,
    userOf: (id) => numbers.get(id),
    usersOfEmail: (email) => {
      const wanted = email.toLowerCase()
      return [...numbers.values()].filter((user) => personAt(user)?.email?.toLowerCase() === wanted)
    },
    rawOf: (user) => {
      const person = people[user]
      return person !== undefined && isRawRecord(person) ? person : undefined
    },
    rawHoldersOf: (licenseId) =>
      (world.rawHolders ?? []).flatMap((holders) => (holders.licenseId === licenseId ? holders.rows : [])),
    workspaces: listingOf(workspaces),
    workspacesWith: (licenseId) => rooms.filter(({ licenses = [] }) => licenses.includes(licenseId)).length,
    devices: listingOf(devices),
    ...listedHoldings(people.map((person) => (isRawRecord(person) ? [] : person.licenses))),
  }
}
