import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, type TestContext } from 'vitest'

/** A real file system of so many kilobytes, and of so many files where that is said; where none can be made, the test is skipped and says why. */
export const smallDisk = async (context: TestContext, kilobytes: number, files?: number): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'seatlens-disk-'))
  try {
    execFileSync(
      '/bin/mount',
      ['-t', 'tmpfs', '-o', `size=${kilobytes}k${files === undefined ? '' : `,nr_inodes=${files}`}`, 'tmpfs', folder],
      { stdio: 'ignore' },
    )
  } catch {
    rmSync(folder, { recursive: true })
    return context.skip('a small disk can be made by root on Linux only')
  }
  onTestFinished(() => {
    execFileSync('/bin/umount', ['-l', folder])
    rmSync(folder, { recursive: true })
  })
  return folder
}
