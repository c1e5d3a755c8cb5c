import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import { esmPackage, writeFiles } from './support/outside.ts'
import { newFolder, run } from './support/run.ts'

/** A definition as other people may write it. `members` take the place of its own. */
const definition = (members = ''): string => `{
  definitionVersion: 'v1',
  type: 'zoom',
  displayName: 'Zoom',
  settings: {
    token: { codec: { is: (value) => typeof value === 'string' }, expected: 'a token', schema: {}, secret: true },
  },
  configure: () => ({ _tag: 'Right', right: { create: () => ({ specificationVersion: 'v1', id: 'zoom', vendor: 'zoom' }) } }),
  startSimulator: async () => { throw new Error('no') },
  ${members}
}`

const exporting = (members?: string): string => `export default ${definition(members)}`

/** What `licenses` says of a configuration with these types, in a folder with these files. */
const told = async (
  types: readonly unknown[],
  files: Readonly<Record<string, unknown>> = {},
  variables: Readonly<Record<string, string>> = {},
) => {
  const folder = await newFolder()
  await writeFiles(folder, files)
  const providers = types.map((type, index) => ({ id: index === 0 ? 'zoom' : `zoom-${index}`, type, token: 'sesame' }))
  const { code, stdout, stderr } = await run(['licenses'], {
    folder,
    registry,
    variables,
    configuration: { providers },
  })
  return { code, stdout, lines: stderr.replaceAll(folder, 'DIR').trimEnd().split('\n') }
}

const at = (place: number, problem: string): string => `seatlens.json: providers[${place}].type: ${problem}`

describe('a type from outside that cannot be used is told in one line: where, what, and what to do', () => {
  const update = '; to update it in DIR: npm install seatlens-zoom@latest'

  it.each<[string, string, string]>([
    [
      'that is not installed',
      '',
      'expected one of "genesys", "webex", or an installed package, found "seatlens-zoom"; if a package of that name is meant, install it in DIR: npm install seatlens-zoom',
    ],
    [
      'without a default export',
      'export const zoom = 1',
      `expected a package whose default export is made by defineProvider, found "seatlens-zoom", which has no default export${update}`,
    ],
    [
      'with another default export',
      'export default { zoom: 1 }',
      `expected a package whose default export is made by defineProvider, found "seatlens-zoom", whose default export is none: expected what defineProvider makes${update}`,
    ],
    [
      'with a wrong member',
      exporting('configure: 1'),
      `expected a package whose default export is made by defineProvider, found "seatlens-zoom", whose default export is none: configure: expected a function${update}`,
    ],
    [
      'with a wrong setting',
      exporting('settings: { token: {} }'),
      `expected a package whose default export is made by defineProvider, found "seatlens-zoom", whose default export is none: settings.token: expected a setting made by Fields${update}`,
    ],
    [
      'with a setting that every provider has',
      exporting("settings: { limits: { codec: { is: () => true }, expected: 'x', schema: {}, secret: false } }"),
      `found "seatlens-zoom", whose default export is none: settings.limits: every provider has this field${update}`,
    ],
    [
      'with a getter that throws',
      exporting("get definitionVersion() { throw new Error('no') }"),
      `expected a package whose default export is made by defineProvider, found "seatlens-zoom", which failed: no${update}`,
    ],
    [
      'of an earlier version',
      exporting('definitionVersion: undefined'),
      `expected a package for Seatlens VERSION, found "seatlens-zoom", which is for an earlier version${update}`,
    ],
    [
      'of a later version',
      exporting("definitionVersion: 'v2', configure: undefined"),
      'expected a package for Seatlens VERSION, found "seatlens-zoom", which is for a later version; update Seatlens',
    ],
    [
      'that throws',
      "throw new TypeError('no luck')",
      `expected a package that can be loaded, found "seatlens-zoom", which failed: TypeError: no luck${update}`,
    ],
    [
      'that lacks another package',
      "import 'nowhere-to-be-found'",
      `expected a package that can be loaded, found "seatlens-zoom", which failed: Cannot find package 'nowhere-to-be-found' imported from `,
    ],
    [
      'for a vendor of our own',
      exporting("type: 'webex'"),
      'expected a package for a vendor that Seatlens does not have itself, found "seatlens-zoom", which is for "webex"; write "type": "webex"',
    ],
  ])('%s', async (_, code, problem) => {
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'))
    const outcome = await told(['seatlens-zoom'], code === '' ? {} : esmPackage('seatlens-zoom', code))
    expect(outcome).toMatchObject({ code: 2, stdout: '' })
    expect(outcome.lines).toHaveLength(1)
    expect(outcome.lines[0]).toContain(at(0, 'expected '))
    expect(outcome.lines[0]).toContain(problem.replace('VERSION', version))
  })

  it('a name that is mistyped: a package that happens to have it is not to be installed', async () => {
    const { code, lines } = await told(['genesis', 'Webex'])
    expect(code).toBe(2)
    expect(lines).toEqual([
      at(0, 'expected one of "genesys", "webex", or an installed package, found "genesis" (did you mean "genesys"?)'),
      at(
        1,
        'expected one of "genesys", "webex", the name of an installed package, or a file such as "./provider.js" (did you mean "webex"?), found "Webex"',
      ),
    ])
  })

  it.each(['fs', 'node:fs', 'file:///etc/zoom.js', '/etc/zoom.js', 'data:text/javascript,export default 1', '#zoom'])(
    'what is neither a package nor a file beside the configuration: %s',
    async (type) => {
      const { code, lines } = await told([type])
      expect({ code, lines }).toEqual({
        code: 2,
        lines: [expect.stringContaining('the name of an installed package, or a file such as "./provider.js", found ')],
      })
    },
  )

  it('two packages for one vendor', async () => {
    const files = { ...esmPackage('zoom-a', exporting()), ...esmPackage('@b/zoom', exporting()) }
    const { code, lines } = await told(['zoom-a', '@b/zoom'], files)
    expect(code).toBe(2)
    expect(lines).toEqual([
      at(1, 'expected one package or file for the vendor "zoom", found "@b/zoom"; "zoom-a" is for it too'),
    ])
  })

  it('a file that is not there, and one that throws', async () => {
    const { code, lines } = await told(['./none.mjs', '../zoom.mjs', './wrong.mjs'], { 'wrong.mjs': 'throw 1' })
    expect(code).toBe(2)
    expect(lines.map((line) => line.replace(/there is no file .*\//, 'there is no file '))).toEqual([
      at(0, 'expected a file that is there, found "./none.mjs"; there is no file none.mjs'),
      at(1, 'expected a file that is there, found "../zoom.mjs"; there is no file zoom.mjs'),
      at(2, 'expected a file that can be loaded, found "./wrong.mjs", which failed: 1'),
    ])
  })

  it('a file of one’s own for an earlier version, and with what to make it', async () => {
    const { code, lines } = await told(['./mine.mjs'], { 'mine.mjs': exporting('definitionVersion: undefined') })
    expect(code).toBe(2)
    expect(lines.join()).toContain(
      'found "./mine.mjs", which is for an earlier version; make it with defineProvider of this one',
    )
  })

  it('together with all else that is wrong', async () => {
    const folder = await newFolder()
    const configuration = {
      providers: [{ id: 'Zoom', type: 'seatlens-zoom', concurrency: 0 }, { id: 'b' }],
      color: 'red',
    }
    const { stderr } = await run(['licenses'], { folder, registry, configuration })
    expect(stderr.split('\n').map((line) => line.slice(0, line.indexOf(': expected')))).toEqual([
      'seatlens.json: color',
      'seatlens.json: providers[0].type',
      'seatlens.json: providers[0].id',
      'seatlens.json: providers[0].concurrency',
      'seatlens.json: providers[1].type',
      '',
    ])
  })
})

describe('code from outside', () => {
  const loud = (name: string) => `globalThis.${name} = true; ${exporting()}`

  it('runs only where the configuration itself names it, and not a variable of the environment', async () => {
    const files = esmPackage('seatlens-zoom', loud('ranByVariable'))
    const { code, lines } = await told([`\${${'TYPE'}}`], files, { TYPE: 'seatlens-zoom' })
    expect({ code, ran: 'ranByVariable' in globalThis }).toEqual({ code: 2, ran: false })
    expect(lines).toEqual([
      at(
        0,
        'expected one of "genesys", "webex"; the name of a package must stand here itself, and not in a variable, found "seatlens-zoom"',
      ),
    ])
  })

  it('is looked for from the folder of the configuration, and not from the working folder', async () => {
    const [folder, other] = [await newFolder(), await newFolder()]
    await writeFiles(folder, esmPackage('seatlens-zoom', loud('ranInWorkingFolder')))
    const providers = [{ id: 'zoom', type: 'seatlens-zoom', token: 'sesame' }]
    await writeFiles(other, { 'else.json': { providers } })
    const { code, stderr } = await run(['licenses', '--config', join(other, 'else.json')], {
      folder,
      registry,
      configuration: null,
    })
    expect({ code, ran: 'ranInWorkingFolder' in globalThis }).toEqual({ code: 2, ran: false })
    expect(stderr).toContain(`if a package of that name is meant, install it in ${other}: npm install seatlens-zoom`)
  })

  it('never takes the place of a vendor of our own', async () => {
    const { lines } = await told(['webex'], esmPackage('webex', loud('ranAsWebex')))
    expect('ranAsWebex' in globalThis).toBe(false)
    expect(lines.join()).toContain('providers[0].accessToken: expected')
  })

  it('of one file is one provider, however it is named', async () => {
    const files = { 'zoom.mjs': exporting(), 'sub/x': '' }
    expect((await told(['./zoom.mjs', './sub/../zoom.mjs'], files)).lines.join()).not.toContain('is for it too')
  })

  it.each<[string, string]>([
    ['whose settings throw', "configure: (id, { token }) => { throw new Error('cannot read ' + token) }"],
    [
      'that shows its secret',
      "configure: (id, { token }) => ({ _tag: 'Left', left: [{ field: 'token', expected: 'more than ' + token, found: token }] })",
    ],
    [
      'that cannot be made',
      "configure: (id, { token }) => ({ _tag: 'Right', right: { create: () => { throw new Error('not with ' + token) } } })",
    ],
  ])('%s is told of without the secret', async (_, members) => {
    const { code, lines } = await told(['seatlens-zoom'], esmPackage('seatlens-zoom', exporting(members)))
    expect(code).toBe(2)
    expect(lines.join('\n')).toMatch(/^seatlens\.json: .*\*\*\*[^\n]*$/)
    expect(lines.join('\n')).not.toContain('sesame')
  })

  it.each<[string, string, string]>([
    ['neither', 'configure: () => undefined', 'which gave neither problems nor a provider'],
    [
      'a provider of another vendor',
      "configure: () => ({ _tag: 'Right', right: { create: () => ({ specificationVersion: 'v1', id: 'zoom', vendor: 'webex' }) } })",
      'vendor: expected "zoom", found "webex"',
    ],
    [
      'half a provider',
      "configure: () => ({ _tag: 'Right', right: { create: () => ({ specificationVersion: 'v1', id: 'zoom', vendor: 'zoom' }) } })",
      'listLicenses: expected a function',
    ],
    [
      'a provider of another version',
      "configure: () => ({ _tag: 'Right', right: { create: () => ({ specificationVersion: 'v2', id: 'zoom', vendor: 'zoom' }) } })",
      'specificationVersion: expected "v1", found "v2"',
    ],
  ])('that makes %s is refused', async (_, members, problem) => {
    const { code, lines } = await told(['seatlens-zoom'], esmPackage('seatlens-zoom', exporting(members)))
    expect({ code, lines }).toEqual({ code: 2, lines: [expect.stringContaining(problem)] })
    expect(lines[0]).toMatch(/^seatlens\.json: .*"seatlens-zoom"/)
  })

  /** Providers with this list of licenses, which share a credential. */
  const reading = (listLicenses: string) =>
    exporting(`configure: (id) => ({ _tag: 'Right', right: {
      create: () => ({ specificationVersion: 'v1', id, vendor: 'zoom', displayName: 'Zoom', capabilities: {},
        listLicenses: ${listLicenses}, getLicense: () => {}, listUsers: () => {}, getUser: () => {} }),
      credential: { key: 'one', open: () => { globalThis.opened = (globalThis.opened ?? 0) + 1; return {} } },
    } })`)

  it.each([
    ['throws at once', "() => { throw new Error('broken') }", 'the provider broke its contract: broken'],
    ['throws while it is read', "() => ({ pages: async function* () { throw new Error('broken') } })", ': broken'],
    [
      'gives pages of another kind',
      "() => ({ pages: async function* () { yield { _tag: 'Right', right: { items: [] } } } })",
      'the provider broke its contract: it gave a page without a ledger',
    ],
  ])('whose list %s is a provider that failed, and not the end of the run', async (_, list, problem) => {
    const { code, lines } = await told(['seatlens-zoom', 'seatlens-zoom'], esmPackage('seatlens-zoom', reading(list)))
    expect({ code, lines }).toEqual({
      code: 5,
      lines: [
        expect.stringMatching(new RegExp(`^zoom: .*${problem}`)),
        expect.stringMatching(new RegExp(`^zoom-1: .*${problem}`)),
      ],
    })
  })

  it('opens a credential of several providers once', async () => {
    Reflect.deleteProperty(globalThis, 'opened')
    await told(['seatlens-zoom', 'seatlens-zoom'], esmPackage('seatlens-zoom', reading('() => {}')))
    expect(globalThis).toMatchObject({ opened: 1 })
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['an ES module', esmPackage('seatlens-zoom', exporting())],
    [
      'two forms of which one is CommonJS',
      {
        'node_modules/seatlens-zoom/package.json': {
          name: 'seatlens-zoom',
          exports: { '.': { import: './index.mjs', require: './index.cjs' } },
        },
        'node_modules/seatlens-zoom/index.mjs': exporting(),
        'node_modules/seatlens-zoom/index.cjs': 'throw new Error("the wrong one")',
      },
    ],
    [
      'CommonJS that was compiled',
      {
        'node_modules/seatlens-zoom/package.json': { name: 'seatlens-zoom', main: './main.js' },
        'node_modules/seatlens-zoom/main.js': `exports.__esModule = true\nexports.default = ${definition()}`,
      },
    ],
    [
      'a package of the folder above',
      Object.fromEntries(
        Object.entries(esmPackage('seatlens-zoom', exporting())).map(([path, content]) => [`../${path}`, content]),
      ),
    ],
  ])('may be %s', async (_, files) => {
    const above = await newFolder()
    const folder = join(above, 'customer')
    const providers = [{ id: 'zoom', type: 'seatlens-zoom', token: 7 }]
    await writeFiles(folder, { ...files, 'seatlens.json': { providers } })
    // Its settings are known, so that the code was found.
    const { stdout, code } = await run(['schema'], { folder, registry, configuration: null })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).properties.providers.items.anyOf[2].properties).toHaveProperty('token')
  })
})
