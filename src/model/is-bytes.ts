/** Whether a value is a `Uint8Array`, of any realm: test runners have several. */
export const isBytes = (value: unknown): value is Uint8Array =>
  Object.prototype.toString.call(value) === '[object Uint8Array]'
