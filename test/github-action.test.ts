import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { startWebexSimulator, type WebexSimulator } from '../providers/webex/simulator/index.ts'
import { listening } from './listening.ts'

interface Step {
  readonly name?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly uses?: string
}

const root = join(import.meta.dirname, '..')
const text = readFileSync(join(root, 'examples', 'github-actions', 'license-check.yml'), 'utf8')
const workflow: {
  on: { schedule: readonly { cron: string }[] }
  permissions: unknown
  jobs: { check: { env: Readonly<Record<string, string>>; steps: readonly Step[] } }
} = parse(text)
const { check } = workflow.jobs
const commands = check.steps.filter(({ run }) => run !== undefined && !run.startsWith('npm install'))

describe('the workflow for GitHub', () => {
  it('runs on a schedule, and may only read the repository', () => {
    expect(workflow.on.schedule.map(({ cron }) => cron)).toEqual([expect.stringMatching(/^\d+ \d+ \* \* 1-5$/)])
    expect(workflow.permissions).toEqual({ contents: 'read' })
  })

  it('puts no expression into a script: secrets are in the environment', () => {
    expect(check.steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([])
    expect(Object.values(check.env).every((value) => /^\$\{\{ secrets\.\w+ \}\}$/.test(value))).toBe(true)
  })
})

/** The scripts of the workflow, one day after the other, as a runner of GitHub calls them. */
describe("the workflow's days", () => {
  let folder: string
  let webex: WebexSimulator
  const chat: string[] = []
  let stopChat: () => unknown
  let webhook: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seatlens-workflow-'))
    webex = await startWebexSimulator({ users: 20 })
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      chat.push(JSON.parse(body).text)
      response.end('ok')
    })
    const { port, stop } = await listening(server)
    stopChat = stop
    webhook = `http://127.0.0.1:${port}/`
    mkdirSync(join(folder, 'bin'))
    const program = join(folder, 'bin', 'seatlens')
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'dist/src/cli/bin.js')}" "$@"\n`)
    chmodSync(program, 0o755)
  })
  afterAll(async () => {
    await webex?.stop()
    await stopChat?.()
    rmSync(folder, { recursive: true, force: true })
  })

  const baseline = () => readFileSync(join(folder, 'baseline.json'), 'utf8')

  /** What a day's steps come to: their exit codes up to the first failure. */
  const day = async (configuration: object): Promise<readonly (number | null)[]> => {
    writeFileSync(join(folder, 'seatlens.json'), JSON.stringify(configuration))
    for (const left of ['today', 'message.txt', 'output']) rmSync(join(folder, left), { recursive: true, force: true })
    chat.length = 0
    const codes: (number | null)[] = []
    for (const { run = '', env = {} } of commands) {
      const outputs = existsSync(join(folder, 'output')) ? readFileSync(join(folder, 'output'), 'utf8') : ''
      const values = {
        'secrets.CHAT_WEBHOOK': webhook,
        'steps.check.outputs.code': /^code=(\d+)$/m.exec(outputs)?.[1] ?? '',
      }
      const own = Object.entries(env).map(([name, value]): [string, string] => [
        name,
        new Map(Object.entries(values)).get(/^\$\{\{ (.+) \}\}$/.exec(value)?.[1] ?? '') ?? '',
      ])
      const { status } = await runScript(run, {
        ...process.env,
        PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
        GITHUB_OUTPUT: join(folder, 'output'),
        ...Object.fromEntries(own),
      })
      codes.push(status)
      if (status !== 0) break
    }
    return codes
  }

  it('keeps a first baseline, tells only what is new, and takes nothing unread for resolved', async () => {
    const providers = [{ id: 'webex', type: 'webex', ...webex.configuration }]
    expect(await day({ providers })).toEqual([0, 0, 0, 0])
    expect(chat).toEqual([])
    const first = baseline()

    expect(await day({ providers })).toEqual([0, 0, 0, 0])
    expect(chat).toEqual([])

    const limits = { '*': { maxUtilization: 1 } }
    expect(await day({ providers, limits })).toEqual([0, 0, 0, 3])
    expect(chat).toEqual([expect.stringContaining('over the limit')])
    const second = baseline()
    expect(second).not.toBe(first)

    webex.faults.add({ match: { path: '/v1/licenses/:id' }, effect: { kind: 'status', status: 403 } })
    expect(await day({ providers, limits })).toEqual([0, 0, 0, 5])
    expect(chat).toHaveLength(1)
    expect(baseline()).toBe(second)
  }, 120_000)

  /** The simulators and the chat live in this process, which must not be held up. */
  const runScript = async (script: string, env: NodeJS.ProcessEnv) => {
    return new Promise<{ status: number | null }>((resolve) => {
      spawn('bash', ['-e', '-c', script], { cwd: folder, env, stdio: 'ignore' }).on('close', (status) =>
        resolve({ status }),
      )
    })
  }
})
