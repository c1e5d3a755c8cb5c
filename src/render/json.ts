/** Every result as the plain data that it is; loaded on demand. */
export const json = async () => (await import('./text/json-text.ts')).objectText
