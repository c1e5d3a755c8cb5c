import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failure } from './support/acme.ts'
import { ada } from './support/people.ts'
import { acmes, newFolder, run } from './support/run.ts'

const worlds = {
  good: {},
  cut: { users: [{ items: [ada], gaps: [{ what: 'page 2', reason: 'it was cut' }] }] },
  locked: { failure: failure('AuthenticationFailed', 'locked') },
  barred: { failure: failure('AuthenticationFailed', 'barred') },
}
const configuration = acmes(...Object.keys(worlds))
const ADVICE = 'Check the credentials and the region of this provider.'

describe('what could not be read', () => {
  it('is in the table, with what to do about it, once for all that it solves', async () => {
    const { stdout, code } = await run(['report'], { worlds, configuration })
    expect(stdout).toContain(
      [
        'This report is not complete:',
        '  cut: the list of users lacks page 2: it was cut',
        '    What to do: Run it again. If it stays so, report it.',
        '  locked: AuthenticationFailed it is (GET /seats, status 401, correlation id c-1)',
        '  barred: AuthenticationFailed it is (GET /seats, status 401, correlation id c-1)',
        `    What to do: ${ADVICE}`,
      ].join('\n'),
    )
    expect(code).toBe(5)
  })

  it('is in Markdown and in the page, with what to do', async () => {
    const md = await run(['report', '--format', 'md'], { worlds, configuration })
    expect(md.stdout).toContain(`> *What to do:* ${ADVICE}`)
    const html = await run(['report', '--format', 'html'], { worlds, configuration })
    expect(html.stdout.split(`What to do: ${ADVICE}`)).toHaveLength(3)
  })

  it('is a list in JSON, which is empty where nothing failed', async () => {
    const { stdout } = await run(['report', '--format', 'json'], { worlds, configuration })
    expect(JSON.parse(stdout).failures).toMatchObject([
      { provider: 'cut', status: 'partial', what: 'page 2 of the list of users', why: 'it was cut' },
      { provider: 'locked', status: 'failed', what: 'everything', kind: 'AuthenticationFailed', advice: ADVICE },
      { provider: 'barred', status: 'failed', httpStatus: 401, correlationId: 'c-1' },
    ])
    expect(JSON.parse((await run(['report', '--format', 'json'])).stdout).failures).toEqual([])
  })
})

describe('the file of failures', () => {
  const args = (name: string) => ['report', '--format', 'json', '--failures', name]

  it('has a row for each in CSV', async () => {
    const { folder } = await run(args('failures.csv'), { worlds, configuration })
    const text = await readFile(join(folder, 'failures.csv'), 'utf8')
    expect(text).toBe(
      [
        '\ufeffprovider,displayName,vendor,status,what,why,advice,kind,httpStatus,correlationId',
        'cut,Acme Seats,acme,partial,page 2 of the list of users,it was cut,"Run it again. If it stays so, report it.",,,',
        `locked,Acme Seats,acme,failed,everything,"AuthenticationFailed it is (GET /seats, status 401, correlation id c-1)",${ADVICE},AuthenticationFailed,401,c-1`,
        `barred,Acme Seats,acme,failed,everything,"AuthenticationFailed it is (GET /seats, status 401, correlation id c-1)",${ADVICE},AuthenticationFailed,401,c-1`,
        '',
      ].join('\r\n'),
    )
  })

  it('is there without a row where nothing failed', async () => {
    const { folder } = await run(args('failures.json'))
    expect(JSON.parse(await readFile(join(folder, 'failures.json'), 'utf8'))).toMatchObject({
      schemaVersion: 1,
      failures: [],
    })
    const csv = await run(args('failures.csv'))
    expect((await readFile(join(csv.folder, 'failures.csv'), 'utf8')).split('\r\n')).toHaveLength(2)
  })

  it('is written where every provider failed, and the report is not', async () => {
    const { locked } = worlds
    const { folder, stderr } = await run([...args('failures.json'), '--output', 'report.json'], {
      worlds: { locked },
      configuration: acmes('locked'),
    })
    expect(JSON.parse(await readFile(join(folder, 'failures.json'), 'utf8')).failures).toHaveLength(1)
    expect(stderr).toContain('--output: report.json was not written: every provider failed')
  })

  it('stays as it was where the run is interrupted', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'failures.csv'), 'older')
    let stop = () => {}
    const { code, stderr } = await run(args('failures.csv'), {
      folder,
      configuration: acmes('hanging'),
      worlds: { hanging: { hangs: true, onHang: () => stop() } },
      onStart: (interrupt) => {
        stop = () => interrupt()
      },
    })
    expect([code, await readFile(join(folder, 'failures.csv'), 'utf8')]).toEqual([130, 'older'])
    expect(stderr).toContain('--failures: failures.csv is as it was before: the run was interrupted')
  })

  it.each(['failures.txt', 'failures'])('is refused by the name %s, before anything is read', async (name) => {
    const { code, stderr } = await run(args(name))
    expect(code).toBe(2)
    expect(stderr).toContain('a name that ends with .csv or .json')
  })

  it('is another file than the report', async () => {
    const { code, stderr } = await run(['report', '--output', 'a.json', '--failures', 'a.json'])
    expect(code).toBe(2)
    expect(stderr).toContain('--failures: expected another file than a.json, which this run writes')
  })
})
