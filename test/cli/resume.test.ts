import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GenesysSimulator, startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator, type WebexSimulator } from '../../providers/webex/simulator/index.ts'
import { registry } from '../../src/cli/registry.ts'
import { start } from './support/child.ts'
import { newFolder, type Run, run } from './support/run.ts'

const organization = { users: 200, seed: 5, latencyMs: 5 }

let genesys: GenesysSimulator
let webex: WebexSimulator

beforeAll(async () => {
  genesys = await startGenesysSimulator(organization)
  webex = await startWebexSimulator(organization)
})

afterAll(() => Promise.all([genesys.destroy(), webex.destroy()]))

/** Pages so small that there are many. */
const configuration = (more: Readonly<Record<string, unknown>> = {}) => ({
  providers: [
    { id: 'genesys', type: 'genesys', ...genesys.configuration, pageSize: 20, ...more },
    { id: 'webex', type: 'webex', ...webex.configuration, pageSize: 20 },
  ],
})

const requests = () => genesys.requests.count() + webex.requests.count()

/** Those that read something, and not those for tokens. */
const pages = () => requests() - genesys.requests.count({ path: '/oauth/token' })

/** How many requests something makes. */
const counting = async <A>(work: () => Promise<A>): Promise<readonly [A, number]> => {
  const before = pages()
  const result = await work()
  return [result, pages() - before]
}

const REPORT = ['report', '--format', 'json', '--detail', '--resume', 'kept.ndjson'] as const

const report = (folder: string, more: Readonly<Record<string, unknown>> = {}): Promise<Run> =>
  run(REPORT, { configuration: configuration(more), registry, folder })

/** A run that is stopped as by Ctrl-C once so many requests were made. */
const stoppedAfter = async (folder: string, count: number, args: readonly string[] = REPORT): Promise<Run> => {
  const end = pages() + count
  let looking: NodeJS.Timeout | undefined
  const ended = await run(args, {
    configuration: configuration(),
    registry,
    folder,
    onStart: (interrupt) => {
      looking = setInterval(() => pages() >= end && interrupt(), 1)
    },
  })
  clearInterval(looking)
  return ended
}

/** What a report says of the organizations, without when it was made. */
const numbersIn = (text: string) => {
  const { generatedAt: _, ...numbers } = JSON.parse(text)
  return numbers
}

/** Requests under way when a run ends, of each of the two credentials. */
const IN_FLIGHT = 8 * 2
/** One request of each provider says whether it is the same organization, and unchanged. */
const CHECKS = 2

describe('--resume', () => {
  it('goes on after Ctrl-C, asks for no page twice but those under way, and says what an unbroken run says', async () => {
    const folder = await newFolder()
    const [whole, all] = await counting(() => report(folder))
    expect(whole.code).toBe(0)
    const [stopped, first] = await counting(() => stoppedAfter(folder, 40))
    expect(stopped.code).toBe(130)
    expect(stopped.stderr).toContain(
      '--resume: what was read is kept in kept.ndjson; to go on, run the same command again',
    )
    const [resumed, second] = await counting(() => report(folder))
    expect(resumed.code).toBe(0)
    expect(resumed.stderr).toContain('--resume: goes on from what was kept since ')
    expect(numbersIn(resumed.stdout)).toEqual(numbersIn(whole.stdout))
    expect(first).toBeGreaterThanOrEqual(40)
    expect(first + second).toBeLessThanOrEqual(all + IN_FLIGHT + CHECKS)
  })

  it('keeps names for their owner alone, neither secrets nor tokens, and nothing once a run is through', async () => {
    const folder = await newFolder()
    await stoppedAfter(folder, 40)
    const file = join(folder, 'kept.ndjson')
    const text = await readFile(file, 'utf8')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const secrets = [genesys.configuration.clientSecret, webex.configuration.accessToken]
    for (const secret of secrets) expect(text).not.toContain(secret)
    expect(text).not.toContain('access_token')
    expect(text).not.toMatch(/"(?:set-cookie|authorization)":/)
    expect((await report(folder)).code).toBe(0)
    expect(existsSync(file)).toBe(false)
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  it.each([3, 25, 60])('goes on after kill -9, at %d requests', async (count) => {
    const folder = await newFolder()
    await writeFile(join(folder, 'seatlens.json'), JSON.stringify(configuration()))
    const [, all] = await counting(() => run(REPORT, { configuration: configuration(), registry, folder }))
    const [, first] = await counting(async () => {
      const end = pages() + count
      const child = start([...REPORT], folder)
      while (pages() < end && child.process.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 1))
      child.process.kill('SIGKILL')
      await child.finished
      // What was under way arrives all the same.
      await new Promise((resolve) => setTimeout(resolve, 50))
    })
    const [resumed, second] = await counting(() => report(folder))
    expect(resumed.code, resumed.stderr).toBe(0)
    expect(first + second).toBeLessThanOrEqual(all + IN_FLIGHT + CHECKS)
  })

  it('goes on after a deadline', async () => {
    const folder = await newFolder()
    genesys.faults.add({ match: { path: '/api/v2/license/users', skip: 4 }, effect: { kind: 'hang' } })
    const args = ['users', '--format', 'ndjson', '--resume', 'kept.ndjson']
    const [late, first] = await counting(() =>
      run([...args, '--deadline', '3'], { configuration: configuration(), registry, folder }),
    )
    genesys.faults.clear()
    expect([5, 7]).toContain(late.code)
    const [whole, all] = await counting(() =>
      run(['users', '--format', 'ndjson'], { configuration: configuration(), registry }),
    )
    const [resumed, rest] = await counting(() => run(args, { configuration: configuration(), registry, folder }))
    expect(resumed.code).toBe(0)
    expect(resumed.stdout).toBe(whole.stdout)
    expect(first + rest).toBeLessThanOrEqual(all + IN_FLIGHT + CHECKS)
  })

  it('reads an organization from its beginning that has changed meanwhile, and says so', async () => {
    const folder = await newFolder()
    await stoppedAfter(folder, 40)
    genesys.faults.add({
      match: { path: '/api/v2/license/definitions' },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => ({
          ...answer,
          body: answer.body.replaceAll('"description":"', '"description":"renamed '),
        }),
      },
    })
    const whole = await run(['report', '--format', 'json', '--detail'], { configuration: configuration(), registry })
    const resumed = await report(folder)
    genesys.faults.clear()
    expect(resumed.code).toBe(0)
    expect(resumed.stderr).toContain(
      '--resume: genesys: the organization is another one or has changed since; it is read from its beginning',
    )
    expect(resumed.stderr).not.toContain('webex: the organization')
    expect(numbersIn(resumed.stdout)).toEqual(numbersIn(whole.stdout))
  })

  it('notices a total that has moved meanwhile: the list says so', async () => {
    const folder = await newFolder()
    const args = ['users', '--format', 'ndjson', '--provider', 'genesys', '--resume', 'kept.ndjson']
    await stoppedAfter(folder, 6, args)
    genesys.faults.add({
      match: { path: '/api/v2/license/users', skip: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => ({ ...answer, body: answer.body.replace(/"total":\d+/, '"total":999999') }),
      },
    })
    const resumed = await run(args, { configuration: configuration(), registry, folder })
    genesys.faults.clear()
    expect(resumed.code).toBe(5)
    expect(resumed.stderr).toContain('changed while it was read')
  })

  it.each<[string, (text: string) => string, Readonly<Record<string, unknown>>]>([
    ['was read with another configuration', (text) => text, { pageSize: 30 }],
    ['is too old', (text) => text.replace(/"startedAt":"[^"]+"/, '"startedAt":"2020-01-01T00:00:00.000Z"'), {}],
  ])('reads everything again where what was kept %s', async (why, edit, more) => {
    const folder = await newFolder()
    await stoppedAfter(folder, 40)
    const file = join(folder, 'kept.ndjson')
    await writeFile(file, edit(await readFile(file, 'utf8')))
    const [resumed, count] = await counting(() => report(folder, more))
    const [, all] = await counting(() => run(['report'], { configuration: configuration(more), registry }))
    expect(resumed.stderr).toMatch(new RegExp(`--resume: what was kept ${why}; everything is read again`))
    expect([resumed.code, count]).toEqual([0, all])
  })

  it.each<[string, (text: string) => string, string]>([
    ['damaged', (text) => text.replace(/"status":200/, '"status":201'), 'is not as it was written; delete the file'],
    ['something else', () => '{"providers":[]}\n', 'it is no checkpoint of this version'],
  ])('refuses a file that is %s, with one message', async (_, edit, said) => {
    const folder = await newFolder()
    await stoppedAfter(folder, 40)
    const file = join(folder, 'kept.ndjson')
    await writeFile(file, edit(await readFile(file, 'utf8')))
    const [refused, count] = await counting(() => report(folder))
    expect([refused.code, count]).toEqual([2, 0])
    expect(refused.stderr.trim().split('\n')).toHaveLength(1)
    expect(refused.stderr).toContain(said)
  })

  it('drops the answer that a killed run was writing', async () => {
    const folder = await newFolder()
    await stoppedAfter(folder, 40)
    const file = join(folder, 'kept.ndjson')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.slice(0, -100))
    expect((await report(folder)).code).toBe(0)
  })

  it.each([
    [['licenses', '--resume', 'kept.ndjson'], '--resume: expected with report'],
    [['report', '--resume', 'kept.ndjson', '--from', 'snapshot'], '--resume: expected without --from'],
    [['report', '--resume', 'seatlens.json'], '--resume: expected another file than seatlens.json'],
  ])('refuses what means nothing: %j', async (args, said) => {
    const { code, stderr } = await run(args)
    expect(code).toBe(2)
    expect(stderr).toContain(said)
  })
})
