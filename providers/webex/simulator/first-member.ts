/** The number of the first member of a seeded organization of that size among the people of its seed. */
export const firstMemberOf = (users: number): number => Math.floor(users / 4)
