/** Purchased seats for each person of a seeded organization. Some licenses are over-assigned. */
const seatsPerPerson = {
  collaboratePro: 1,
  communicate: 0.2,
  cloudCX1: 0.25,
  cloudCX2: 0.3,
  cloudCX3: 0.28,
  gc1WEMupgrade: 0.05,
  gc2WEMupgrade: 0.1,
  gcSTAupgrade: 0.02,
  agentAssistLicense: 0.15,
  wallboardUser: 0.1,
}

/** What a seeded organization of so many people has purchased, by license id. */
export const purchasedSeats = (users: number): ReadonlyMap<string, number> =>
  new Map(Object.entries(seatsPerPerson).map(([licenseId, seats]) => [licenseId, Math.round(users * seats)]))
