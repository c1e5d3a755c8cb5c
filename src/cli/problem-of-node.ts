/**
 * The package asks for Node 22, and so does the message. Node 20 is not refused where everything runs on it, as the tests
 * of 20.20 show: from 20.11 on a module knows its own folder.
 */
const MAJOR = 20
const MINOR = 11

/**
 * Why this version of Node cannot run the command line, or undefined where it can. Plain, and without imports, so that
 * those versions can run it.
 */
export const problemOfNode = (version: string): string | undefined => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return undefined
  return `seatlens: expected Node 22 or newer, found Node ${version}; install a newer one from https://nodejs.org`
}
