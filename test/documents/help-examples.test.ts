import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import { run } from '../cli/support/run.ts'
import { allBlocks, SHELLS } from './documents.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

const helpOf = async (...command: readonly string[]): Promise<string> => {
  const { code, stdout } = await run([...command, '--help'], { configuration: null, registry, folder: tmpdir() })
  expect(code).toBe(0)
  return stdout
}

/** What is called in lines of their own. Behind two spaces is what the line says of it. */
const examplesIn = (help: string): readonly string[] =>
  [...help.matchAll(/^ {2}((?:seatlens|openssl) .+)$/gm)].map(([, line = '']) => line.split(/ {2,}/)[0] ?? '')

const program = await helpOf()
const [, list = ''] = /Commands:\n([\s\S]*?)\n\n/.exec(program) ?? []
/** They need a person, at the keyboard or in a browser; their own tests play one. */
const BY_A_PERSON = ['init', 'login']

const commands = [...list.matchAll(/^ {2}(\w+)/gm)]
  .map(([, name = '']) => name)
  .filter((name) => name !== 'help' && !BY_A_PERSON.includes(name))

const examples: readonly (readonly [command: string, example: string])[] = [
  ...examplesIn(program).map((example) => ['', example] as const),
  ...(
    await Promise.all(
      commands.map(async (command) => examplesIn(await helpOf(command)).map((example) => [command, example] as const)),
    )
  ).flat(),
]

/** What a document has word for word is run with that document. */
const inDocuments = new Set(
  allBlocks
    .filter(({ language }) => SHELLS.includes(language))
    .flatMap(({ code }) => code.split('\n').map((line) => line.trim())),
)

/** A plan that is small enough for `--yes`. */
const PLAN = 'seatlens plan --fix dormant-holder --limit 8 --output plan.json'

/** What an example takes for granted: an earlier command, or a file of the user's own. */
const BEFORE: readonly (readonly [RegExp, string])[] = [
  [
    /(?:messaging-users|control-hub-users|leavers|staff|a)\.csv/,
    '[ -f messaging-users.csv ] || seatlens users --provider webex --license MS --format csv > messaging-users.csv',
  ],
  [/^seatlens (?:apply|undo) plan\.json/, PLAN],
  [/^seatlens undo plan\.json/, 'seatlens apply plan.json'],
  [/^seatlens plan .*--file findings\.csv/, 'seatlens report --by finding --format csv --output findings.csv'],
  [/^seatlens diff old new/, '[ -d old ] || { cp -r snapshots/2026-10-20 old; cp -r snapshots/2026-11-20 new; }'],
  [/^seatlens snapshot --output snapshots\//, 'rm -r snapshots/2026-11-20'],
  [/customers\/acme/, 'mkdir -p customers/acme; cp seatlens.json customers/acme'],
  [/--from europe/, 'cp -r snapshots europe; cp -r snapshots asia'],
  [/\$\{DATABASE_URL\}/, 'export DATABASE_URL=postgres://seatlens@db.example.com/licenses'],
  [/acme\.svg/, 'echo \'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\' > acme.svg'],
  [/control-hub-users\.csv/, 'cp hub-users.csv control-hub-users.csv'],
  [/(?:leavers|staff|a)\.csv/, 'for name in leavers staff a; do cp messaging-users.csv $name.csv; done'],
  [/idle\.sql/, 'echo "SELECT day, count(*) FROM users GROUP BY ALL" > idle.sql'],
  [/pseudonyms\.key/, 'openssl rand -hex 32 > pseudonyms.key'],
]

/** Ids of findings differ from day to day, and another program may have the port. */
const onThisDay = (example: string): string =>
  example
    .replace(
      'f1a2b3c4d5e6f708',
      "$(seatlens report --detail --format json | jq -r '[.findings[] | select(.removals)][0].id')",
    )
    .replace(' --port 4010', '')

/** Their examples change what the others find. */
const ALONE = ['apply', 'undo', 'snapshot', 'simulate']

/** The examples that are run in one folder, one after the other. */
const blocks: readonly (readonly [command: string, examples: readonly string[]])[] = ['', ...commands].flatMap(
  (command): readonly (readonly [string, readonly string[]])[] => {
    const ofCommand = examples.flatMap(([of, example]) =>
      of === command && !inDocuments.has(example) ? [example] : [],
    )
    return ALONE.includes(command)
      ? ofCommand.map((example) => [command, [example]] as const)
      : [[command, ofCommand] as const]
  },
)

const usualCodes = (args: readonly string[]): readonly number[] => {
  if (args.includes('simulate')) return [130]
  // There is no such server; the tests of exports have one.
  if (args.some((arg) => arg.startsWith('postgres:') || arg.includes('DATABASE_URL'))) return [1]
  return args.includes('check') ? [0, 3] : [0]
}

describe('the examples in the help', () => {
  let temporary = ''
  let sandbox: Sandbox
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'seatlens-help-'))
    sandbox = await openSandbox(temporary)
  })
  afterAll(async () => {
    await sandbox.stop()
    await rm(temporary, { recursive: true, force: true })
  })

  it('are there for every command', () => {
    const without = commands.filter(
      (command) => !examples.some(([of, example]) => of === command && example.startsWith(`seatlens ${command}`)),
    )
    expect(commands.length).toBeGreaterThan(10)
    expect(without).toEqual([])
  })

  it.each(blocks)(
    'of `%s` run: %s',
    async (_, lines) => {
      const block = lines.flatMap((line) => [
        ...BEFORE.flatMap(([pattern, before]) => (pattern.test(line) ? [before] : [])),
        onThisDay(line),
      ])
      const { called, stderr } = await sandbox.runBlock(block.join('\n'))
      const failed = called.filter(({ args, code }) => !usualCodes(args).includes(code))
      // Behind what shows the progress.
      expect(
        failed.map(({ args, code, stderr: told }) => [args.join(' '), code, told.split('\u001b[?25h').at(-1)]),
      ).toEqual([])
      expect(stderr).not.toMatch(/^(?:bash|jq|cp|rm|.*\/bin\/\w+): /m)
      expect(called.length).toBeGreaterThanOrEqual(block.filter((line) => line.startsWith('seatlens')).length)
    },
    120_000,
  )
})
