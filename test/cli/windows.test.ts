import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openRunFiles } from '../../src/cli/run-files.ts'
import { newFolder, run } from './support/run.ts'

const NOTICE = /^on Windows, a file is as private as its folder: (.+): users who may read the folder can read it; /m

describe('a file that the command line writes on Windows', () => {
  const written = async (args: readonly string[], variables: Readonly<Record<string, string>>, platform = 'win32') => {
    const folder = await newFolder()
    const { code, stderr } = await run(args, { folder, variables, platform })
    return { code, folder, told: NOTICE.exec(stderr)?.[1] }
  }
  const report = ['report', '--format', 'csv', '--output', 'report.csv']

  it('is said to be as private as its folder, where that is not below the folder of the user', async () => {
    const { code, folder, told } = await written(report, { USERPROFILE: join('/', 'Users', 'Ada') })
    expect({ code, told }).toEqual({ code: 0, told: join(folder, 'report.csv') })
  })

  it('is said to be so where it is a snapshot', async () => {
    const { folder, told } = await written(['snapshot', '--output', 'may'], {})
    expect(told).toBe(join(folder, 'may'))
  })

  it('is private below the folder of the user, in capitals or small letters', async () => {
    const folder = await newFolder()
    const variables = { USERPROFILE: folder.toUpperCase() }
    await mkdir(join(folder, 'reports'))
    const { code, stderr } = await run(['report', '--format', 'csv', '--output', 'reports/report.csv'], {
      folder,
      variables,
      platform: 'win32',
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  it('needs no such words elsewhere', async () => {
    expect(await written(report, {}, 'linux')).toMatchObject({ code: 0, told: undefined })
  })

  it('is the same by capitals and small letters, though it is not there yet', async () => {
    const folder = await newFolder()
    const writeBoth = (platform: string) => () => {
      const files = openRunFiles(platform)
      files.writes(join(folder, 'Plan.journal'), 'Plan.journal', 'the journal')
      files.writes(join(folder, 'plan.journal'), 'plan.journal', '--output')
    }
    expect(writeBoth('win32')).toThrow('--output: expected another file than Plan.journal, which this run writes')
    expect(writeBoth('linux')).not.toThrow()
  })
})
