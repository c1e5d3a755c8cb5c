/**
 * Loads what plans and snapshots are made of where it is needed, and not before: a program that reads a text file or keeps
 * tokens, as every run of the command line does, starts without it.
 */
export const planning = () => import('../plan/index.ts')

export const snapshots = () => import('../snapshot/index.ts')
