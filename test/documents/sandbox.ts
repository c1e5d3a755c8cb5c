import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { startSimulators } from '../../src/cli/actions/simulators.ts'
import { writeConfiguration } from '../../src/cli/actions/story-folder.ts'
import type { StopSignal } from '../../src/cli/environment.ts'
import { registry } from '../../src/cli/registry.ts'
import { run } from '../cli/support/run.ts'
import { COMMANDS, serveCommands } from '../support/served-commands.ts'
import { root } from './documents.ts'

/** A command line that a block of a document ran. */
export interface Called {
  readonly args: readonly string[]
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Large enough for every kind of person of the story. */
const SIZE = { users: 100, seed: 1 }
const RUNS_ON = 'They run until you press Ctrl-C.'

const DAY_MS = 86_400_000
/** A day that every file may tell of, whenever the test runs. */
const YESTERDAY = new Date(Date.now() - DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)

const csv = (...lines: readonly string[]): string => `${lines.join('\n')}\n`

/** The files that the documents name, of organizations in which `holders` have a license that is dear. */
const filesOf = (holders: readonly string[]): Readonly<Record<string, string>> => {
  const [ada = '', bob = '', cleo = ''] = holders
  const listed = csv('user', ...holders.slice(0, 4))
  return {
    'agents.csv': listed,
    'idle.csv': listed,
    'vip.csv': csv('user,license,reason', `${cleo},,on call`),
    'accepted.csv': csv(
      'rule,provider,license,user,reason,until',
      `dormant-holder,genesys,,${bob},on leave,2031-01-01`,
    ),
    'people.csv': csv('person,provider,user', `Ada,genesys,${ada}`),
    'contract.csv': csv('provider,license,purchased,asOf', `genesys,cloudCX2,400,${YESTERDAY}`),
    'bill.csv': csv('provider,license,consumed,asOf', `genesys,cloudCX2,300,${YESTERDAY}`),
    'vpn.csv': csv('provider,user,lastActiveAt,covers', `genesys,${ada},${YESTERDAY},some`),
    'sign-ins.csv': csv('provider,user,lastActiveAt', `genesys,${ada},${YESTERDAY}`),
    'users.csv': csv('provider,user,lastActiveAt', `genesys,${ada},${YESTERDAY}`),
    'hub-users.csv': csv('User ID/Email (Required),Last Service Accessed Time', `${ada},${YESTERDAY}T10:00:00Z`),
    'inactive-users.csv': csv('User email,Days since last activity', `${ada},120`),
    'company.pem': '',
    credentials: '',
  }
}

/** What the documents call a user stands for one whom the organizations have. */
const NAMED = 'ada@example.com'

/** What the documents call providers, groups and patterns of them, and those of the simulators that each stands for. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([
  ['genesys-emea', 'genesys'],
  ['webex-acme', 'webex'],
  ['emea', 'genesys'],
  ['genesys-*', 'genesys*'],
  ['acme*', '*'],
])

/** Organizations that a command simulates are no larger than those of the sandbox: that would only take longer. */
const ofThisSize = (args: readonly string[]): readonly string[] => {
  const [command = '', ...others] = args
  if (!['demo', 'simulate'].includes(command)) return args
  const at = args.indexOf('--users') + 1
  return at === 0
    ? [command, '--users', String(SIZE.users), ...others]
    : args.with(at, String(Math.min(Number(args[at]), SIZE.users)))
}

export interface Sandbox {
  /** Runs the commands of a block in a folder of their own, against simulators of their own. */
  readonly runBlock: (code: string) => Promise<{ readonly called: readonly Called[]; readonly stderr: string }>
  readonly stop: () => Promise<void>
}

/**
 * Runs blocks of documents in a real shell, in which `seatlens` is the command line of this process. Each block has a folder in
 * which the names of the documents exist: a configuration of the simulators, snapshots, a plan that was applied, files.
 */
export const openSandbox = async (temporary: string): Promise<Sandbox> => {
  const past = join(temporary, 'past')
  await run(['simulate', '--write', 'past', '--users', String(SIZE.users)], {
    ...untilReady(),
    registry,
    configuration: null,
    folder: temporary,
  })
  const taken = (await readdir(join(past, 'snapshots'))).sort()
  const holders = await holdersOf(past)
  const newestOfPast = join('snapshots', taken.at(-1) ?? '')
  const { stdout: baseline } = await run(
    ['--from', newestOfPast, 'check', '--fail-on', 'inactive-holder', '--format', 'json'],
    { registry, configuration: null, folder: past },
  )

  const seatlens = async (args: readonly string[], folder: string, variables: Readonly<Record<string, string>>) => {
    let told = ''
    const { code, stdout, stderr } = await run(
      ofThisSize(args).map((arg) => (arg === NAMED ? (holders[0] ?? arg) : (PROVIDERS.get(arg) ?? arg))),
      {
        registry,
        configuration: null,
        folder,
        variables,
        // A user types what is asked for: yes, or the number of seats that many lose.
        typed: () => `${/\btype (\d+) when apply asks/.exec(told)?.[1] ?? 'yes'}\n`,
        stderr: {
          columns: 200,
          take: async (text) => {
            told += text
          },
        },
        ...(args[0] === 'simulate' ? untilReady() : {}),
      },
    )
    return { args, code, stdout, stderr }
  }

  let called: Called[] = []
  const served = await serveCommands(temporary, async ({ args, folder, variables }) => {
    const result = await seatlens(args, folder, variables)
    called.push(result)
    return result
  })

  const runBlock: Sandbox['runBlock'] = async (code) => {
    const folder = await mkdtemp(join(temporary, 'block-'))
    const simulators = await startSimulators(registry, { ...SIZE, latencyMs: 0, story: { today: Date.now() } })
    called = []
    try {
      await cp(join(past, 'plans'), join(folder, 'plans'), { recursive: true })
      const [, before = '', newest = ''] = taken
      for (const [name, snapshot] of [
        ['2026-10-20', before],
        ['2026-10-29', before],
        ['2026-11-20', newest],
        ['2026-11-29', newest],
      ] as const) {
        await cp(join(past, 'snapshots', snapshot), join(folder, 'snapshots', name), { recursive: true })
      }
      const configuration = await writeConfiguration(simulators, folder)
      for (const customer of ['acme.json', 'beta.json']) await cp(configuration, join(folder, customer))
      await writeFile(join(folder, 'baseline.json'), baseline)
      for (const [name, text] of Object.entries(filesOf(holders))) await writeFile(join(folder, name), text)
      const stderr = await new Promise<string>((resolve) => {
        const child = execFile(
          'bash',
          ['-c', code],
          {
            cwd: folder,
            // A block that prints much is not ended for it.
            maxBuffer: Number.POSITIVE_INFINITY,
            env: {
              PATH: `${COMMANDS}${delimiter}${process.env.PATH}`,
              HOME: folder,
              ...served.variables,
              SEATLENS_MANIFEST: join(root, 'package.json'),
            },
          },
          (_, __, errors) => resolve(errors),
        )
        child.stdin?.end()
      })
      return { called, stderr }
    } finally {
      await simulators.stop()
      await rm(folder, { recursive: true, force: true })
    }
  }
  return { runBlock, stop: served.stop }
}

/** Interrupts what runs until it is interrupted, when it is ready. */
const untilReady = () => {
  let interrupt: (signal?: StopSignal) => void = () => {}
  return {
    onStart: (begun: (signal?: StopSignal) => void) => {
      interrupt = begun
    },
    stderr: {
      columns: 200,
      take: async (text: string) => {
        if (text.includes(RUNS_ON)) interrupt()
      },
    },
  }
}

/** Addresses of users who hold the dearest license, in the newest snapshot: first those who are in both organizations. */
const holdersOf = async (past: string): Promise<readonly string[]> => {
  const [newest = ''] = (await readdir(join(past, 'snapshots'))).sort().reverse()
  const addressesOf = async (...options: readonly string[]): Promise<readonly string[]> => {
    const { stdout } = await run(['--from', join('snapshots', newest), 'users', ...options, '--format', 'ndjson'], {
      registry,
      configuration: null,
      folder: past,
    })
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ status, email }) => status === 'active' && email !== undefined)
      .map(({ email }) => String(email))
  }
  const holders = await addressesOf('--license', 'cloudCX3')
  const inWebex = new Set((await addressesOf('--provider', 'webex')).map((address) => address.toLowerCase()))
  const isInBoth = (address: string): boolean => inWebex.has(address.toLowerCase())
  return [...holders.filter(isInBoth), ...holders.filter((address) => !isInBoth(address))]
}
