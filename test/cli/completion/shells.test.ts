import { spawn, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, type ExpectStatic, expect, it, onTestFinished } from 'vitest'
import { registry } from '../../../src/cli/registry.ts'
import { COMMANDS, serveCommands } from '../../support/served-commands.ts'
import { builtCommandLine } from '../support/child.ts'
import { run } from '../support/run.ts'

/** What a shell shows where it waits for a line. */
const PROMPT = 'what now> '
const SET_PROMPT = 'PS1="what"" now> "'

/** How each shell is started on a terminal without the files of its user, and gets the script. */
const SHELLS = {
  bash: { start: 'bash --norc --noprofile -i', load: [SET_PROMPT, 'eval "$(seatlens completion bash)"'] },
  zsh: {
    start: 'zsh -f -i',
    load: [SET_PROMPT, 'autoload -Uz compinit; compinit -u -D', 'eval "$(seatlens completion zsh)"'],
  },
  fish: {
    start: 'fish -N -i',
    load: ['function fish_prompt; echo -n "what"" now> "; end', 'seatlens completion fish | source'],
  },
} as const

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0

/** What is typed, with Tab where it is pressed, and what the command is called with then. */
const TYPED: readonly (readonly [string, readonly string[]])[] = [
  ['seatlens rep\t--prov\tapa\t', ['report', '--provider', 'apac-one']],
  ['seatlens report --format=xl\t--det\t', ['report', '--format=xlsx', '--detail']],
  ['seatlens demo che\t--fail-on dor\t', ['demo', 'check', '--fail-on', 'dormant-holder']],
  ['seatlens --config other.js\tlogin the\t', ['--config', 'other.json', 'login', 'theirs']],
  // A space, and what shells would split or run.
  ['seatlens users --license Adv\t--form\tcsv', ['users', '--license', 'Advanced Messaging', '--format', 'csv']],
  ['seatlens users --license "Adv\t', ['users', '--license', 'Advanced Messaging']],
  ['seatlens users --license urn:acme\t', ['users', '--license', 'urn:acme:EE']],
  ['seatlens users --license Cost\t', ['users', '--license', 'Cost $(touch ran) `touch ran`']],
  ['seatlens plan --swap Adv\turn\t--out\tx', ['plan', '--swap', 'Advanced Messaging', 'urn:acme:EE', '--output', 'x']],
  ['seatlens plan --file their\\ ag\t--exac\t', ['plan', '--file', 'their agents.csv', '--exactly']],
  ['seatlens report --output=oth\t', ['report', '--output=other.json']],
  ['seatlens trend kep\t', ['trend', expect.stringMatching(/^kept\/?$/)]],
  // A folder has the name of a provider.
  ['seatlens report --provider eme\t--hist\tx', ['report', '--provider', 'emea', '--history', 'x']],
]

/** Types lines in a shell on a terminal, and tells what was called. */
const callsIn = async (
  shell: keyof typeof SHELLS,
  folder: string,
  lines: readonly string[],
  variables: Readonly<Record<string, string>>,
  // That of the test, as several shells are at work at once.
  expect: ExpectStatic,
): Promise<readonly (readonly string[])[]> => {
  const { start, load } = SHELLS[shell]
  const terminal = spawn('script', ['--quiet', '--flush', '--return', '--command', start, '/dev/null'], {
    cwd: folder,
    env: {
      ...process.env,
      ...variables,
      PATH: `${folder}/bin:${process.env.PATH}`,
      HOME: folder,
      TERM: 'xterm',
      INPUTRC: '/dev/null',
    },
  })
  let shown = ''
  terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
    // What newer shells ask of a terminal, and wait for.
    if (text.includes('\u001b[c') || text.includes('\u001b[0c')) terminal.stdin.write('\u001b[?1;2c')
  })
  const calls = () =>
    [...shown.matchAll(/^.*?CALLED((?: <[^>\r\n]*>)+)\r?$/gm)].map(([, words = '']) =>
      [...words.matchAll(/ <([^>]*)>/g)].map(([, word = '']) => word),
    )
  const type = async (line: string, isDone: () => boolean) => {
    terminal.stdin.write(`${line}\n`)
    await expect.poll(isDone, { message: `${shell}: ${line}` }).toBe(true)
    // A Tab that comes before the shell reads keys may be lost.
    const isAsked = () =>
      shown.lastIndexOf(PROMPT) > Math.max(shown.lastIndexOf('CALLED'), shown.lastIndexOf('loaded-'))
    await expect.poll(isAsked, { message: `${shell}: the prompt after ${line}` }).toBe(true)
  }
  for (const [index, line] of load.entries()) {
    await type(`${line}; echo lo""aded-${index}`, () => shown.includes(`loaded-${index}`))
  }
  for (const [index, line] of lines.entries()) await type(line, () => calls().length > index)
  const closed = new Promise((resolve) => terminal.on('close', resolve))
  terminal.stdin.write('exit\n')
  await closed
  return calls()
}

/**
 * A folder with configurations, files, and a `seatlens` that tells what it is called with. What Tab asks is answered by this
 * process, as it is asked often.
 */
const preparedFolder = async (): Promise<string> => {
  // Removed by the test itself: those of others go with whichever test ends first.
  const folder = await mkdtemp(join(tmpdir(), 'seatlens-shell-'))
  for (const name of ['bin', 'kept', 'emea']) await mkdir(join(folder, name))
  const own = `exec '${process.execPath}' '${builtCommandLine()}' "$@"`
  const served = `exec '${COMMANDS}/seatlens' "$@"`
  const told = `printf CALLED; printf ' <%s>' "$@"; echo`
  const program = join(folder, 'bin/seatlens')
  await writeFile(program, `#!/bin/sh\ncase $1 in __complete) ${served} ;; completion) ${own} ;; esac\n${told}\n`)
  await chmod(program, 0o755)
  const providers = [
    { id: 'emea', type: 'webex', licenses: { 'Advanced Messaging': {}, 'Cost $(touch ran) `touch ran`': {} } },
    { id: 'apac-one', type: 'genesys', limits: { 'urn:acme:EE': { keepFree: 2 } } },
  ]
  await writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers }))
  await writeFile(join(folder, 'other.json'), JSON.stringify({ providers: [{ id: 'theirs', type: 'webex' }] }))
  await writeFile(join(folder, 'their agents.csv'), 'user\n')
  return folder
}

describe('the Tab key', () => {
  let temporary = ''
  let answers: Awaited<ReturnType<typeof serveCommands>>
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'seatlens-answers-'))
    answers = await serveCommands(temporary, ({ args, folder, variables }) =>
      run(args, { registry, configuration: null, folder, variables }),
    )
  })
  afterAll(async () => {
    await answers.stop()
    await rm(temporary, { recursive: true, force: true })
  })

  it.concurrent.for(['bash', 'zsh', 'fish'] as const)(
    'completes in %s what is typed',
    { timeout: 180_000 },
    async (shell, { skip, expect, onTestFinished }) => {
      for (const program of ['script', shell]) {
        if (!has(program)) skip(`${program} is not installed: apt-get install bsdutils zsh fish`)
      }
      const folder = await preparedFolder()
      onTestFinished(() => rm(folder, { recursive: true, force: true }))
      const calls = await callsIn(
        shell,
        folder,
        TYPED.map(([line]) => line),
        answers.variables,
        expect,
      )
      expect(calls).toEqual(TYPED.map(([, args]) => args))
    },
  )

  it('is answered by a process of its own as by this one', async () => {
    const folder = await preparedFolder()
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const args = ['__complete', '--word=Adv', 'users', '--license']
    const { status, stdout, stderr } = spawnSync(process.execPath, [builtCommandLine(), ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('Advanced Messaging')
    expect(stdout).toBe((await run(args, { registry, configuration: null, folder })).stdout)
  })

  it('has scripts for bash and zsh that they read without a complaint', ({ skip }) => {
    for (const shell of ['bash', 'zsh'] as const) {
      if (!has(shell)) skip(`${shell} is not installed: apt-get install zsh`)
      const { stdout } = spawnSync(process.execPath, [builtCommandLine(), 'completion', shell], { encoding: 'utf8' })
      const { status, stderr } = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' })
      expect({ shell, status, stderr }).toEqual({ shell, status: 0, stderr: '' })
    }
  })

  // By its form alone: PowerShell is not on the machines where the tests run.
  it('has a script for PowerShell that calls the same, and whose brackets and quotes are closed', () => {
    const { stdout } = spawnSync(process.execPath, [builtCommandLine(), 'completion', 'powershell'], {
      encoding: 'utf8',
    })
    expect(stdout).toContain('Register-ArgumentCompleter -Native -CommandName seatlens -ScriptBlock {')
    expect(stdout).toContain('& seatlens __complete "--word=$typed" @before 2> $null')
    const code = stdout.replace(/^\s*#.*$/gm, '').replace(/'(?:[^']|'')*'|"(?:`.|[^"`])*"/g, 'text')
    const open: string[] = []
    for (const bracket of code.match(/[()[\]{}]/g) ?? []) {
      if ('([{'.includes(bracket)) open.push(bracket)
      else expect(`${open.pop()}${bracket}`).toMatch(/^(?:\(\)|\[\]|\{\})$/)
    }
    expect({ open, quotes: code.match(/['"]/g) }).toEqual({ open: [], quotes: null })
  })
})
