/** What no shell gives a meaning to, neither POSIX ones nor PowerShell nor cmd. */
const PLAIN = /^[\w./:\\-][\w./:\\,+@%-]*$/

/** What a name must not begin with, as commands would take it for an option. */
const withoutDash = (name: string): string => (name.startsWith('-') ? `./${name}` : name)

/**
 * A name as a word of a command that people copy out of a message. `windows`: for cmd and PowerShell, of which the first
 * one knows double quotes alone, and in which no name of a file can have one.
 */
export const shellWord = (name: string, isWindows: boolean = process.platform === 'win32'): string => {
  const word = withoutDash(name)
  if (PLAIN.test(word)) return word
  return isWindows ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`
}
