/** What becomes of the results of one run on their way out. No reader of them decides how the run ends. */
export interface Results {
  /** Whether anything written to stdout can still arrive. */
  readonly isRead: () => boolean
  /** Notes that stdout takes nothing more. `problem`: why, unless its reader has just gone, as `head` does. */
  readonly endStdout: (problem?: string) => void
  /** Notes that a result could not be written, and says so. */
  readonly lose: (line: string) => void
  /** Whether anything that was asked for is missing from what was written. */
  readonly areLost: () => boolean
}

export const openResults = (say: (line: string) => void): Results => {
  let isRead = true
  let areLost = false
  const lose = (line: string) => {
    areLost = true
    say(line)
  }
  return {
    isRead: () => isRead,
    endStdout: (problem) => {
      if (isRead && problem !== undefined) lose(`stdout: cannot write: ${problem}; the output is partial`)
      isRead = false
    },
    lose,
    areLost: () => areLost,
  }
}
