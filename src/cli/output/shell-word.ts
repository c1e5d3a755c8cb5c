/** What no POSIX shell gives a meaning to. */
const PLAIN = /^[\w./:-][\w./:,+@%-]*$/
/** The same of PowerShell, where a comma makes a list, and of cmd. */
const PLAIN_ON_WINDOWS = /^[\w./:\\-][\w./:\\+@-]*$/

/** What a name must not begin with, as commands would take it for an option. */
const withoutDash = (name: string): string => (name.startsWith('-') ? `./${name}` : name)

/** What PowerShell looks for within double quotes; it takes curly ones for straight ones. */
const IN_DOUBLE_QUOTES = /[$`\u201c-\u201e]/
const SINGLE_QUOTES = /['\u2018-\u201b]/g

/** Before a quote, programs take a backslash for one that makes the quote a part of the word. */
const lastBackslashesOf = (word: string): string => {
  let start = word.length
  while (word[start - 1] === '\\') start--
  return word.slice(start)
}

/**
 * Double quotes are what PowerShell and cmd both know. What has a meaning within them in PowerShell is in single quotes, which
 * cmd does not know; what cmd puts in the place of `%NAME%` no quotes keep from it.
 */
const windowsWord = (word: string): string => {
  const whole = `${word}${lastBackslashesOf(word)}`
  return IN_DOUBLE_QUOTES.test(word) ? `'${whole.replace(SINGLE_QUOTES, '$&$&')}'` : `"${whole}"`
}

/**
 * A name as a word of a command that people copy out of a message: for POSIX shells, or on Windows for PowerShell and, as
 * far as there is one word for both, cmd. `platform`: as Node names it.
 */
export const shellWord = (name: string, platform: string): string => {
  const word = withoutDash(name)
  if (platform === 'win32') return PLAIN_ON_WINDOWS.test(word) ? word : windowsWord(word)
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
