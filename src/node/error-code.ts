/** The code that Node gives to an error of the system, such as `ENOENT`; undefined where there is none. */
export const errorCodeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
