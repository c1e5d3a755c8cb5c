import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import type { StopSignal } from '../../src/cli/environment.ts'
import { registry } from '../../src/cli/registry.ts'
import { esmPackage, writeFiles } from './support/outside.ts'
import { newFolder, type RunOptions, run } from './support/run.ts'

const SECRET = 'very-s3cret-indeed'

/** As a configuration names a variable of the environment. */
const variable = (name: string): string => `\${${name}}`

const begin = async (given?: unknown) => {
  const folder = await newFolder()
  if (given !== undefined) await writeFile(join(folder, 'seatlens.json'), JSON.stringify(given, null, 2))
  const options: RunOptions = { registry, configuration: null, folder }
  return {
    folder,
    /** Without a terminal. */
    told: (args: readonly string[], more: RunOptions = {}) => run(['init', ...args], { ...options, ...more }),
    /** On a terminal, where these lines are typed. */
    asked: (lines: readonly string[], more: RunOptions = {}, args: readonly string[] = []) =>
      run(['init', ...args], {
        ...options,
        typed: lines.map((line) => `${line}\n`).join(''),
        stderr: { columns: 80 },
        ...more,
      }),
    seatlens: (args: readonly string[], more: RunOptions = {}) => run(args, { ...options, ...more }),
    written: async () => JSON.parse(await readFile(join(folder, 'seatlens.json'), 'utf8')),
    files: async () => (await readdir(folder)).sort(),
  }
}

const genesys = [
  '--type',
  'genesys',
  '--set',
  'region=mypurecloud.ie',
  '--set',
  'clientId=env:GENESYS_CLIENT_ID',
  '--set',
  'clientSecret=env:GENESYS_CLIENT_SECRET',
]

describe('seatlens init, without a terminal', () => {
  it('writes a configuration by its options, with a schema beside it, and says which variables are to be set', async () => {
    const { told, written, files, folder } = await begin()
    const { code, stdout, stderr } = await told(genesys)
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(await written()).toEqual({
      $schema: './seatlens.schema.json',
      providers: [
        {
          id: 'genesys',
          type: 'genesys',
          region: 'mypurecloud.ie',
          clientId: variable('GENESYS_CLIENT_ID'),
          clientSecret: variable('GENESYS_CLIENT_SECRET'),
        },
      ],
    })
    expect(await files()).toEqual(['seatlens.json', 'seatlens.schema.json'])
    expect((await stat(join(folder, 'seatlens.json'))).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(join(folder, 'seatlens.schema.json'), 'utf8'))).toHaveProperty('properties')
    expect(stderr).toContain('seatlens.json: written, with genesys\n')
    expect(stderr).toContain('GENESYS_CLIENT_ID, GENESYS_CLIENT_SECRET: variables that are not set yet. Set them')
  })

  it('writes what works: secrets of files and programs are tried', async () => {
    const simulator = await startWebexSimulator({ users: 10 })
    onTestFinished(simulator.destroy)
    const { told, seatlens, folder, written } = await begin()
    await writeFile(join(folder, 'webex.secret'), `${simulator.configuration.accessToken}\n`)
    const address = ['--set', `apiUrl=${simulator.configuration.apiUrl}`]
    const first = await told(['--type', 'webex', '--set', 'accessToken=file:webex.secret', ...address])
    // It ends with what doctor says.
    expect(first.stdout).toContain('usable')
    expect(first.code).toBe(0)
    expect((await seatlens(['licenses'])).code).toBe(0)
    const command = `command:cat ${join(folder, 'webex.secret')}`
    const more = await told(['--add', '--type', 'webex', '--set', `accessToken=${command}`, ...address])
    expect(more.code).toBe(0)
    expect((await seatlens(['licenses', '--provider', 'webex-2'])).code).toBe(0)
    expect((await written()).providers.map(({ id }: { id: string }) => id)).toEqual(['webex', 'webex-2'])
  })

  it.each([
    ['without a vendor', [], '--type: expected a vendor, as there is no terminal to ask on; see: seatlens init --help'],
    ['with an unknown one', ['--type', 'genesis'], '--type: expected one of "genesys", "webex"'],
    ['without what it needs', ['--type', 'genesys'], '--set region: expected a Genesys Cloud domain'],
    ['with an unknown setting', ['--type', 'webex', '--set', 'token=x'], '--set: expected setting=value with one of'],
    ['with a wrong id', ['--type', 'webex', '--id', 'Webex 1'], '--id: expected '],
    [
      'with a file that is not there',
      ['--type', 'webex', '--set', 'accessToken=file:none'],
      '--set accessToken: expected a secret in the file "none", found there is no such file',
    ],
    [
      'with a program that is not there',
      ['--type', 'webex', '--set', 'accessToken=command:no-such-program-here x'],
      'found there is no such program',
    ],
  ])('is refused in one message, and writes nothing: %s', async (_, args, message) => {
    const { told, files } = await begin()
    const { code, stderr } = await told(args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
    expect(await files()).toEqual([])
  })

  it.each([
    `accessToken=${SECRET}`,
    `accessToken=env:${SECRET}`,
    `accessToken=file:${SECRET}`,
    `accessToken=command:${SECRET}`,
  ])('writes no secret that is given in place of where it comes from: %s', async (setting) => {
    const { told, files } = await begin()
    const { code, stderr } = await told(['--type', 'webex', '--set', setting])
    expect(code).toBe(2)
    expect(await files()).toEqual([])
    if (!setting.includes('file:') && !setting.includes('command:')) expect(stderr).not.toContain(SECRET)
  })

  it('changes no configuration that is there unless it is told to add, and leaves all else of it as it was', async () => {
    const { told, files, folder } = await begin()
    const text =
      '{\n    "providers": [\n        {"id":"genesys", "type":"genesys"}\n    ], "exempt": [ {"user": "svc-*"} ]\n}\n'
    await writeFile(join(folder, 'seatlens.json'), text)
    const refused = await told(genesys)
    expect(refused.code).toBe(2)
    expect(refused.stderr).toBe(
      'seatlens.json: it is there already; --add adds a provider to it, --config names another file\n',
    )
    expect(await readFile(join(folder, 'seatlens.json'), 'utf8')).toBe(text)
    expect((await told(['--add', ...genesys])).code).toBe(0)
    const now = await readFile(join(folder, 'seatlens.json'), 'utf8')
    expect(now).toContain('{"id":"genesys", "type":"genesys"}')
    expect(now).toContain('"exempt": [ {"user": "svc-*"} ]')
    expect(JSON.parse(now).providers).toMatchObject([{ id: 'genesys' }, { id: 'genesys-2', region: 'mypurecloud.ie' }])
    expect(await files()).toEqual(['seatlens.json'])
  })

  it('adds to a list that is empty or in one line', async () => {
    for (const providers of ['[]', '[{"id":"webex","type":"webex"}]']) {
      const { told, folder, written } = await begin()
      await writeFile(join(folder, 'seatlens.json'), `{"providers":${providers}}`)
      expect((await told(['--add', ...genesys])).code).toBe(0)
      expect((await written()).providers.at(-1)).toMatchObject({ id: 'genesys', region: 'mypurecloud.ie' })
    }
  })

  it('does not add to what is no configuration', async () => {
    const { told } = await begin({ provider: [] })
    const { code, stderr } = await told(['--add', ...genesys])
    expect(code).toBe(2)
    expect(stderr).toContain('seatlens.json: expected a configuration with a list "providers"')
  })

  it('takes a vendor of another package by what it says of its settings', async () => {
    const { told, folder, written } = await begin()
    await writeFiles(folder, esmPackage('seatlens-zoom', `export default ${ZOOM}`))
    const args = [
      '--type',
      'seatlens-zoom',
      '--set',
      'token=env:ZOOM_TOKEN',
      '--set',
      'account=7',
      '--set',
      'deep=true',
    ]
    const { code, stderr } = await told(args)
    expect(stderr).toContain('seatlens.json: written, with zoom')
    expect(code).toBe(0)
    expect((await written()).providers).toEqual([
      { id: 'zoom', type: 'seatlens-zoom', token: variable('ZOOM_TOKEN'), account: '7', deep: true },
    ])
  })

  it('says that its folder cannot be written, and leaves nothing', async () => {
    const { told, folder, files } = await begin()
    await chmod(folder, 0o500)
    onTestFinished(() => chmod(folder, 0o700))
    const { code, stderr } = await told(genesys)
    // The superuser may write everywhere.
    if (process.getuid?.() === 0) return
    expect(code).toBe(2)
    expect(stderr).toContain('cannot be written')
    expect(await files()).toEqual([])
  })
})

/** A vendor of another package. */
const ZOOM = `{
  definitionVersion: 'v1', type: 'zoom', displayName: 'Zoom',
  settings: {
    token: { codec: { is: (value) => typeof value === 'string' }, expected: 'a token', schema: { description: 'A token.' }, secret: true },
    account: { codec: { is: (value) => typeof value === 'string' }, expected: 'an account', schema: { description: 'The account.' }, secret: false },
    deep: { codec: { is: (value) => typeof value === 'boolean' }, expected: 'true or false', schema: {}, secret: false },
  },
  configure: (id, { token, account }) => {
    const problems = [token === undefined && { field: 'token', expected: 'a token' }, account === undefined && { field: 'account', expected: 'an account' }].filter(Boolean)
    return problems.length > 0 ? { _tag: 'Left', left: problems } : { _tag: 'Right', right: { create: () => ({}) } }
  },
  startSimulator: async () => { throw new Error('no') },
}`

describe('seatlens init, on a terminal', () => {
  it('asks for the vendor, the region, the client, and where its secret comes from', async () => {
    const { asked, written } = await begin()
    const { code, stderr } = await asked([
      '3', // no choice
      '1', // Genesys Cloud
      '', // called genesys
      '1', // client credentials
      'api.mypurecloud.ie', // no region
      'mypurecloud.ie',
      'a-client-id',
      '', // a variable
      '', // the usual one
      '', // write it
    ])
    expect(stderr).toContain('1  Genesys Cloud')
    expect(stderr).toContain('expected a number from 1 to 2')
    expect(stderr).not.toContain('npm install')
    expect(stderr).toContain('the region alone, without the name of a host in it: "mypurecloud.ie"')
    expect(code).toBe(0)
    expect((await written()).providers).toEqual([
      {
        id: 'genesys',
        type: 'genesys',
        region: 'mypurecloud.ie',
        clientId: 'a-client-id',
        clientSecret: variable('GENESYS_CLIENT_SECRET'),
      },
    ])
  })

  it('asks again for a secret that is not where it should be, and writes none that is pasted', async () => {
    const { asked, folder, written } = await begin()
    await writeFile(join(folder, 'token'), 'sesame\n')
    const { code, stderr } = await asked([
      'webex',
      'webex-lab',
      '3', // an access token
      '1', // a variable
      SECRET,
      'NO_SUCH_VARIABLE',
      'yes',
    ])
    expect(code).toBe(0)
    expect(stderr).toContain('expected the name of a variable, in capitals')
    expect(await readFile(join(folder, 'seatlens.json'), 'utf8')).not.toContain(SECRET)
    expect(stderr).not.toContain(SECRET)
    expect((await written()).providers).toEqual([
      { id: 'webex-lab', type: 'webex', accessToken: variable('NO_SUCH_VARIABLE') },
    ])

    const simulator = await startWebexSimulator({ users: 10, accessToken: 'sesame' })
    onTestFinished(simulator.destroy)
    const again = await asked(
      [
        'y',
        '', // webex
        '3', // an access token
        'file',
        'none',
        'file',
        'token',
        '',
      ],
      { variables: { NO_SUCH_VARIABLE: 'set-by-now' } },
      ['--type', 'webex', '--set', `apiUrl=${simulator.configuration.apiUrl}`],
    )
    expect(again.stderr).toContain('seatlens.json is there already, with webex-lab.')
    expect(again.stderr).toContain('accessToken: expected a secret in the file "none", found there is no such file')
    expect(again.code).toBe(0)
    expect((await written()).providers).toMatchObject([{ id: 'webex-lab' }, { accessToken: { file: 'token' } }])
  })

  it('signs the person in, where that is the way', async () => {
    const simulator = await startGenesysSimulator({ users: 10 })
    onTestFinished(simulator.destroy)
    const { asked, seatlens } = await begin()
    const { loginUrl, apiUrl, clientId } = simulator.signInConfiguration
    const set = ['--set', `loginUrl=${loginUrl}`, '--set', `apiUrl=${apiUrl}`, '--set', `clientId=${clientId}`]
    let isVisited = false
    const { code, stderr } = await asked(
      ['', '2', 'mypurecloud.ie', '', 'no'],
      {
        stderr: {
          columns: 80,
          take: async (text) => {
            const address = /^http\S+authorize\S+$/m.exec(text)?.[0]
            if (address === undefined || isVisited) return
            isVisited = true
            await fetch(address)
          },
        },
      },
      ['--type', 'genesys', ...set],
    )
    expect(stderr).toContain('To sign in: seatlens login genesys')
    expect(code).toBe(0)
    expect((await seatlens(['licenses'])).stderr).toContain('no user has signed in yet')
  })

  it('leaves everything as it is after no, at the end of the input, and after Ctrl-C', async () => {
    const { asked, files } = await begin()
    const answers = ['1', '', '1', 'mypurecloud.ie', 'id', '', '']
    const refused = await asked([...answers, 'no'])
    expect(refused.code).toBe(130)
    expect(refused.stderr).toContain('nothing was written')
    const ended = await asked(answers)
    expect(ended.code).toBe(130)
    let interrupt: (signal?: StopSignal) => void = () => {}
    const stopped = await asked(answers, {
      onStart: (stop) => {
        interrupt = stop
      },
      stderr: {
        columns: 80,
        take: async (text) => {
          if (text.includes('Write this to')) interrupt()
        },
      },
    })
    expect(stopped.code).toBe(130)
    expect(await files()).toEqual([])
  })

  it('adds nothing to a configuration without being asked to', async () => {
    const given = { providers: [{ id: 'webex', type: 'webex', accessToken: 'x' }] }
    const { asked, written, files } = await begin(given)
    expect((await asked([''])).code).toBe(130)
    expect(await written()).toEqual(given)
    expect(await files()).toEqual(['seatlens.json'])
  })
})
