/** What a user does to allow a plan that takes away that many seats, after `To carry it out, `. */
export const howToAllow = (removals: number): string =>
  `type ${removals} when apply asks, or give --max-removals ${removals}`
