/** Purchased seats for each person of a seeded organization. */
const seatsPerPerson = {
  communicate: 0.2,
  cloudCX1: 0.25,
  cloudCX2: 0.3,
  cloudCX3: 0.28,
  gc1WEMupgrade: 0.05,
  gc2WEMupgrade: 0.1,
  gcSTAupgrade: 0.02,
}

/**
 * What a seeded organization of so many people has purchased, as the `licenses` of a configuration declare it: the vendor's
 * API does not provide it, and a demonstration should have something to measure against. Some licenses are over-assigned.
 */
export const purchasedSeats = (users: number): Readonly<Record<string, { readonly purchased: number }>> =>
  Object.fromEntries(
    Object.entries(seatsPerPerson).map(([licenseId, seats]) => [licenseId, { purchased: Math.round(users * seats) }]),
  )
