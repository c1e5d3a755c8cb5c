import { mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acmes, newFolder, type RunOptions, run } from '../support/run.ts'

/** What a shell is told of the word at the end of a command line: the kind of paths that fit, and the words. */
const offered = async (line: string, options: RunOptions = {}) => {
  const words = line.split(' ')
  const { code, stdout, stderr } = await run(['__complete', `--word=${words.at(-1)}`, ...words.slice(0, -1)], options)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [paths = '', ...lines] = stdout.split('\n').slice(0, -1)
  return { paths, words: lines.map((one) => one.split('\t')[0] ?? ''), lines }
}

const configured = {
  configuration: {
    providers: [
      { id: 'emea', type: 'acme', displayName: 'Acme EMEA', licenses: { 'Advanced Messaging': { name: 'Chat' } } },
      { id: 'apac', type: 'seatlens-from-elsewhere', limits: { CX2: { keepFree: 3 } } },
      { id: 'unset-$' + '{NAME}', type: 'acme' },
    ],
    groups: { overseas: ['apac', 'emea-*'], broken: 'apac' },
    limits: { '*': { keepFree: 1 }, EE: { ignore: true } },
  },
}

/** The options that a help lists. */
const optionsIn = (help: string): readonly string[] =>
  [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = '']) => option)

describe('what the shells are told', () => {
  it('has all commands, with what they are for', async () => {
    const { paths, words, lines } = await offered('')
    const help = await run(['--help'])
    const [, list = ''] = /Commands:\n([\s\S]*?)\n\n/.exec(help.stdout) ?? []
    expect({ paths, words }).toEqual({
      paths: 'words',
      words: [...list.matchAll(/^ {2}([\w-]+)/gm)].map(([, name]) => name),
    })
    expect(lines).toContain('licenses\tThe licenses of every provider')
  })

  it('has the options of every command that its help lists, and no others', async () => {
    const { words: commands } = await offered('')
    for (const command of commands) {
      const { words } = await offered(`${command} -`)
      // The default command of the demo has its options there, too.
      const helps = command === 'demo' ? [['demo'], ['demo', 'report']] : [[command]]
      const listed = await Promise.all(helps.map(async (one) => optionsIn((await run([...one, '--help'])).stdout)))
      expect([command, words.toSorted()]).toEqual([command, [...new Set(listed.flat())].toSorted()])
    }
    expect(commands.length).toBeGreaterThan(15)
  })

  it.each([
    ['report --format ', ['table', 'json', 'csv', 'md', 'html', 'xlsx']],
    ['report --format=', ['--format=table', '--format=json', '--format=csv']],
    ['demo --format ', ['table', 'json']],
    ['demo check --fail-on ', ['over-assigned', 'any']],
    ['plan --fix dormant-holder ', ['inactive-holder']],
    ['check --group-by ', ['department', 'costCenter']],
    ['--config x --deadline 5 users --format ', ['ndjson']],
    ['completion ', ['bash', 'zsh', 'fish', 'powershell']],
    ['help ', ['report', 'schema']],
    ['demo ', ['report', 'trend']],
    ['report ', ['--format', '--provider', '--config']],
    ['plan --exactly --add-only -', ['--remove-only', '--from']],
  ])('has the choices at %j', async (line, some) => {
    expect(await offered(line)).toMatchObject({ paths: 'words', words: expect.arrayContaining(some) })
  })

  it.each([
    ['apply ', 'files'],
    ['undo ', 'files'],
    ['report --output ', 'files'],
    ['report --output=some', 'files'],
    ['--config ', 'files'],
    ['trend ', 'folders'],
    ['diff ', 'folders'],
    ['diff old ', 'folders'],
    ['report --from ', 'folders'],
    ['snapshot --output ', 'folders'],
  ])('says that paths fit at %j', async (line, paths) => {
    expect(await offered(line)).toEqual({ paths, words: [], lines: [] })
  })

  it.each(['user ', 'report --deadline ', 'report --title x', 'unknown -- -', 'report --unknown='])(
    'has nothing at %j, where only the user knows',
    async (line) => {
      expect(await offered(line)).toEqual({ paths: 'words', words: [], lines: [] })
    },
  )

  it('has the groups of providers where they can be named, with what is in them', async () => {
    const { lines } = await offered('report --provider ', configured)
    expect(lines).toEqual(['emea\tAcme EMEA', 'apac\tseatlens-from-elsewhere', 'overseas\tapac, emea-*'])
  })

  it.each(['plan --provider ', 'plan --provider emea --provider ', 'login '])(
    'has the providers of the configuration at %j, whatever their type',
    async (line) => {
      const { lines } = await offered(line, configured)
      expect(lines).toEqual(['emea\tAcme EMEA', 'apac\tseatlens-from-elsewhere'])
    },
  )

  it.each(['users --license ', 'plan --swap ', 'plan --swap EE ', 'plan --assign '])(
    'has the licenses of the configuration at %j',
    async (line) => {
      const { lines } = await offered(line, configured)
      expect(lines).toEqual(['Advanced Messaging\tChat', 'CX2\t', 'EE\t'])
    },
  )

  it.each([
    ['check --columns ', ['provider', 'rule', 'verdict']],
    ['check --sort -', ['-seats', '-cost']],
    ['check --columns=rule,', ['--columns=rule,seats']],
    ['licenses --sort name,-pur', ['name,-purchased']],
    ['users --columns id,', ['id,email']],
    ['report --columns ', ['available', 'utilization']],
    ['report --by user --columns ', ['department', 'seats']],
    ['report --group-by department --sort ', ['people', 'seatsAtStake']],
  ])('has the columns of the rows at %j', async (line, some) => {
    expect(await offered(line)).toMatchObject({ paths: 'words', words: expect.arrayContaining(some) })
  })

  it('reads the configuration of --config', async () => {
    const folder = await newFolder()
    await mkdir(join(folder, 'customers'))
    await writeFile(join(folder, 'customers/acme.json'), JSON.stringify(acmes('theirs')))
    expect((await offered('--config customers/acme.json report --provider ', { folder })).words).toEqual(['theirs'])
    expect((await offered('report --config=none.json --provider=', { folder })).words).toEqual([])
  })

  it('has the providers of the snapshot of --from', async () => {
    const { folder } = await run(['snapshot', '--output', 'kept'], { configuration: acmes('then') })
    expect((await offered('report --from kept --provider ', { folder })).words).toEqual(['then'])
    expect((await offered('report --from none --provider ', { folder })).words).toEqual([])
  })

  it('has the providers of the environment where there is no configuration, and the simulated ones in the demo', async () => {
    const { registry } = await import('../../../src/cli/registry.ts')
    const variables = { WEBEX_ACCESS_TOKEN: 'x' }
    const options = { registry, variables, configuration: null }
    expect((await offered('users --provider ', options)).words).toEqual(['webex'])
    expect((await offered('demo users --provider ', options)).words).toEqual(['genesys', 'webex'])
  })

  it('runs nothing that a configuration names, neither a program for a secret nor the code of a package', async () => {
    const folder = await newFolder()
    const touch = (name: string) => ({
      command: [process.execPath, '-e', `fs.writeFileSync(${JSON.stringify(name)}, '')`],
    })
    await writeFile(join(folder, 'own.js'), "import { writeFileSync } from 'node:fs'; writeFileSync('loaded', '')")
    const configuration = {
      providers: [
        { id: 'a', type: 'acme', token: touch(join(folder, 'asked')) },
        { id: 'b', type: './own.js' },
      ],
    }
    expect((await offered('report --provider ', { folder, configuration })).words).toEqual(['a', 'b'])
    for (const name of ['asked', 'loaded']) await expect(stat(join(folder, name))).rejects.toThrow('ENOENT')
  })

  it.each([
    ['no JSON', '{'],
    ['nothing', ' '],
    ['no object', '[]'],
    ['no list of providers', { providers: 5, limits: [] }],
    ['no providers', { providers: [null, 7, { id: 8 }, {}] }],
    ['an id that a terminal would obey', { providers: [{ id: 'a\u001b[2J' }, { id: 'b\nc' }, { id: 'd\te' }] }],
  ])('never complains of a configuration that has %s', async (_, configuration) => {
    expect((await offered('report --provider ', { configuration })).words).toEqual([])
  })
})
