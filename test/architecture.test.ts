import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Which part of the code a file belongs to: the names of the layers in the arrows below. */
const layerOf = (file: string): string => {
  const [top, second, third] = file.split('/')
  if (top === 'providers') return third === 'simulator' ? `providers/${second}/simulator` : `providers/${second}`
  return second !== undefined && third === undefined ? `src/${second}` : `${top}/${second}`
}

const sources: readonly string[] = ['src', 'providers'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path)),
)

const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|\/\/.*$|('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)/gm
const IMPORT_OR_EXPORT_FROM = /^(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]/gm
const IMPORT_FOR_EFFECT = /^import\s*['"]([^'"]+)['"]/gm
const DYNAMIC_IMPORT = /\bimport\(\s*([^)]*?),?\s*\)/g
/** What is asked of `globalThis` may be absent. */
const NODE_GLOBAL = /(?<!\bglobalThis\.)\b(?:Buffer|process|setImmediate|__dirname|require)\b(?!:)/
const LITERAL = /^['"]([^'"]+)['"]$/

/** Without comments and texts. */
const codeOf = (text: string): string => text.replace(COMMENT_OR_TEXT, '')

interface Imports {
  readonly specifiers: readonly string[]
  /** Imports that cannot be followed, as they are written. */
  readonly unfollowed: readonly string[]
}

const importsOf = (text: string): Imports => {
  const code = text.replace(COMMENT_OR_TEXT, (_, quoted?: string) => quoted ?? '')
  const statics = [...code.matchAll(IMPORT_OR_EXPORT_FROM), ...code.matchAll(IMPORT_FOR_EFFECT)]
  const dynamics = [...code.matchAll(DYNAMIC_IMPORT)].map(([, argument = '']) => argument)
  const literals = dynamics.flatMap((argument) => LITERAL.exec(argument)?.[1] ?? [])
  const written = [...code.matchAll(/^import\b(?!\.meta|\().*$/gm)].length
  const understood = statics.filter(([statement]) => statement.startsWith('import')).length
  return {
    specifiers: [...statics.flatMap(([, specifier]) => specifier ?? []), ...literals],
    unfollowed: [
      ...dynamics.filter((argument) => !LITERAL.test(argument)),
      ...(written === understood ? [] : [`${written} imports, of which ${understood} were understood`]),
    ],
  }
}

interface Source extends Imports {
  readonly file: string
}

const readSource = (file: string): Source => ({ file, ...importsOf(readFileSync(join(root, file), 'utf8')) })

const all: readonly Source[] = sources.map(readSource)

const isRelative = (specifier: string): boolean => specifier.startsWith('.')
const target = (file: string, specifier: string): string => join(dirname(file), specifier)

interface Arrow {
  readonly from: string
  readonly to: string
}

const arrows: readonly Arrow[] = all.flatMap(({ file, specifiers }) =>
  specifiers.filter(isRelative).map((specifier) => ({ from: file, to: target(file, specifier) })),
)

const packages: readonly { readonly file: string; readonly specifier: string }[] = all.flatMap(({ file, specifiers }) =>
  specifiers.filter((specifier) => !isRelative(specifier)).map((specifier) => ({ file, specifier })),
)

const show = ({ from, to }: Arrow): string => `${from} → ${to}`

/** Every file that can be loaded from an entry point, now or later. */
const reachableFrom = (entry: string): ReadonlySet<string> => {
  const reached = new Set([entry])
  for (const file of reached) {
    for (const { from, to } of arrows) if (from === file) reached.add(to)
  }
  return reached
}

/** What is loaded at once with a file: other files, and packages. */
const loadedWith = (entry: string): ReadonlySet<string> => {
  const loaded = new Set([entry])
  for (const file of loaded) {
    if (!file.startsWith('src/')) continue
    const code = readFileSync(join(root, file), 'utf8').replace(COMMENT_OR_TEXT, (_, quoted?: string) => quoted ?? '')
    for (const [statement, specifier = ''] of code.matchAll(IMPORT_OR_EXPORT_FROM)) {
      if (/^(?:import|export) type\b/.test(statement)) continue
      loaded.add(isRelative(specifier) ? target(file, specifier) : specifier)
    }
  }
  return loaded
}

const providerNames = [
  ...new Set(sources.filter((file) => file.startsWith('providers/')).map((file) => file.split('/')[1])),
]

describe('reading imports', () => {
  for (const [what, code, specifiers] of [
    ['a value', "import { a } from './a.ts'", ['./a.ts']],
    ['a type', "import type { A } from './a.ts'", ['./a.ts']],
    ['several lines', "import {\n  type A,\n  b,\n} from './a.ts'", ['./a.ts']],
    ['a namespace and a default', "import x, * as y from 'y'", ['y']],
    ['an effect', "import './a.ts'", ['./a.ts']],
    ['what is exported from elsewhere', "export * from './a.ts'\nexport { b } from './b.ts'", ['./a.ts', './b.ts']],
    ['what is exported after something of its own', "export const a = 1\nexport * from './b.ts'", ['./b.ts']],
    ['what is loaded later', "const a = async () => (await import('./a.ts')).a", ['./a.ts']],
    ['what is loaded later as a type', "const a: import('./a.ts').A = 1", ['./a.ts']],
    ['no comment', "/** import { a } from './a.ts' */\n// import('./b.ts')\nconst a = 1", []],
    ['what comes after an address', "const a = 'https://a.example' // b\nexport * from './c.ts'", ['./c.ts']],
  ] as const) {
    test(`sees ${what}`, () => {
      expect(importsOf(code)).toEqual({ specifiers, unfollowed: [] })
    })
  }

  for (const code of ['const a = import(name)', "import a = require('a')", "import('./' + name)"]) {
    test(`does not pass over ${code}`, () => {
      expect(importsOf(code).unfollowed).not.toEqual([])
    })
  }
})

describe('the imports', () => {
  test('are all seen: there is code, and every import in it can be followed', () => {
    expect(sources.length).toBeGreaterThan(100)
    // Providers of other packages, which only the configuration names, are imported in one place.
    expect(all.filter(({ unfollowed }) => unfollowed.length > 0)).toMatchObject([
      { file: 'src/cli/outside/import-outside.ts', unfollowed: ['address'] },
    ])
  })

  test('of other files name a file that there is, with its ending', () => {
    expect(arrows.filter(({ to }) => !to.endsWith('.ts') || !existsSync(join(root, to))).map(show)).toEqual([])
  })

  test('stay within src and providers', () => {
    expect(arrows.filter(({ to }) => !/^(src|providers)\//.test(relative(root, join(root, to)))).map(show)).toEqual([])
  })

  test('of fp-ts and io-ts are those that load in the installed package', () => {
    const allowed = /^(fp-ts\/lib\/\w+\.js|io-ts|io-ts\/lib\/\w+\.js)$/
    const wrong = packages.filter(({ specifier }) => /^(fp|io)-ts/.test(specifier) && !allowed.test(specifier))
    expect(wrong).toEqual([])
  })

  test('of ky are in one file', () => {
    const users = packages.filter(({ specifier }) => specifier === 'ky' || specifier.startsWith('ky/'))
    expect(users.map(({ file }) => file)).toEqual(['src/provider-kit/transport/exchange.ts'])
  })

  test('of Node are in the command line, its own part, the simulator kit and the simulators only', () => {
    const allowed = /^(src\/cli\/|src\/node\/|src\/query\/|src\/simulator-kit\/|providers\/[^/]+\/simulator\/)/
    const wrong = packages.filter(({ file, specifier }) => specifier.startsWith('node:') && !allowed.test(file))
    expect(wrong).toEqual([])
  })

  test('of Node say that they are', () => {
    const bare =
      /^(assert|buffer|child_process|crypto|events|fs|http|https|net|os|path|process|stream|timers|url|util|zlib)(\/|$)/
    expect(packages.filter(({ specifier }) => bare.test(specifier))).toEqual([])
  })
})

describe('arrows go one way', () => {
  const core = ['src/model', 'src/paging', 'src/contract', 'src/provider-kit']
  const allowed = new Map<string, readonly string[]>([
    ...core.map((layer, index): [string, readonly string[]] => [layer, core.slice(0, index + 1)]),
    ['src/report', ['src/model', 'src/paging', 'src/contract', 'src/report']],
    ['src/snapshot', ['src/model', 'src/paging', 'src/contract', 'src/report', 'src/snapshot']],
    ['src/plan', ['src/model', 'src/paging', 'src/contract', 'src/report', 'src/plan']],
    ['src/check', ['src/model', 'src/report', 'src/check']],
    ['src/filter', ['src/model', 'src/report', 'src/filter']],
    [
      'src/render',
      ['src/filter', 'src/model', 'src/contract', 'src/report', 'src/plan', 'src/snapshot', 'src/check', 'src/render'],
    ],
    ['src/node', ['src/model', 'src/provider-kit', 'src/plan', 'src/snapshot', 'src/node']],
    ['src/query', ['src/model', 'src/contract', 'src/report', 'src/snapshot', 'src/node', 'src/query']],
    ['src/simulator-kit', ['src/simulator-kit', 'src/provider-kit']],
    ['src/testing', ['src/testing', 'src/provider-kit']],
    ['src/http-status.ts', ['src/model', 'src/plan', 'src/snapshot']],
    [
      'src/index.ts',
      ['model', 'paging', 'contract', 'report', 'check', 'plan', 'snapshot', 'filter', 'http-status.ts'].map(
        (room) => `src/${room}`,
      ),
    ],
  ])

  for (const [layer, targets] of allowed) {
    test(`${layer} imports nothing but ${targets.join(', ')}`, () => {
      const own = arrows.filter(({ from }) => layerOf(from) === layer)
      expect(own.filter(({ to }) => !targets.includes(layerOf(to))).map(show)).toEqual([])
    })
  }

  test('every part of src has its rule', () => {
    const layers = new Set(sources.filter((file) => file.startsWith('src/')).map(layerOf))
    expect([...layers].filter((layer) => layer !== 'src/cli' && !allowed.has(layer))).toEqual([])
  })

  test('nothing but the command line imports the command line', () => {
    expect(arrows.filter(({ from, to }) => layerOf(to) === 'src/cli' && layerOf(from) !== 'src/cli').map(show)).toEqual(
      [],
    )
  })

  test('the command line imports public entry points only, as the tool of an embedder does', () => {
    const entryPoints = [
      'src/index.ts',
      ...['render', 'node', 'query', 'provider-kit', 'simulator-kit', 'testing'].map((name) => `src/${name}/index.ts`),
    ]
    const used = arrows.filter(({ from, to }) => layerOf(from) === 'src/cli' && layerOf(to) !== 'src/cli')
    const wrong = used.filter(({ from, to }) => !(from === 'src/cli/registry.ts' && to.startsWith('providers/')))
    expect(used.length).toBeGreaterThan(50)
    expect(wrong.filter(({ to }) => !entryPoints.includes(to)).map(show)).toEqual([])
  })

  test('the command line starts without the library: help loads nothing of it but what tells what formats there are', () => {
    const loaded = [...loadedWith('src/cli/run.ts')].filter((name) => /^(src|providers)\//.test(name))
    const entries = loaded.filter((name) => /^src\/[^/]+\/index\.ts$|^src\/index\.ts$|^providers\//.test(name))
    expect(entries).toEqual(['src/render/index.ts'])
  })

  test('what needs Node is used by the command line only, so that everything else runs in browsers', () => {
    const forNode = ['src/node', 'src/query']
    const used = arrows.filter(({ from, to }) => forNode.includes(layerOf(to)) && !forNode.includes(layerOf(from)))
    expect(used.filter(({ from }) => layerOf(from) !== 'src/cli').map(show)).toEqual([])
  })

  test('DuckDB is imported as types, or later: the package is optional', () => {
    const files = packages.filter(({ specifier }) => specifier.startsWith('@duckdb/')).map(({ file }) => file)
    expect(files).toContain('src/query/duck-db.ts')
    for (const file of files) expect([...loadedWith(file)].filter((name) => name.startsWith('@duckdb/'))).toEqual([])
  })

  test('nothing in src but the command line imports a provider', () => {
    const known = arrows.filter(({ from, to }) => from.startsWith('src/') && to.startsWith('providers/'))
    expect(known.filter(({ from }) => layerOf(from) !== 'src/cli').map(show)).toEqual([])
  })

  test('the command line knows the providers in one place', () => {
    const known = arrows.filter(({ from, to }) => from.startsWith('src/cli/') && to.startsWith('providers/'))
    expect([...new Set(known.map(({ from }) => from))]).toEqual(['src/cli/registry.ts'])
  })

  test('the conformance suite uses the kit as a third party would', () => {
    const own = arrows.filter(({ from, to }) => layerOf(from) === 'src/testing' && layerOf(to) !== 'src/testing')
    expect(own.filter(({ to }) => to !== 'src/provider-kit/index.ts').map(show)).toEqual([])
  })
})

describe('a provider', () => {
  test('is there to be looked at', () => {
    expect(providerNames).toEqual(expect.arrayContaining(['genesys', 'webex']))
  })

  for (const name of providerNames) {
    const folder = `providers/${name}/`
    const outgoing = arrows.filter(({ from, to }) => from.startsWith(folder) && !to.startsWith(folder))

    test(`${name} imports no other provider`, () => {
      expect(outgoing.filter(({ to }) => to.startsWith('providers/')).map(show)).toEqual([])
    })

    test(`${name} imports the core through the provider kit only, and its simulator through the simulator kit too`, () => {
      const further = new Map([
        [`providers/${name}/simulator`, 'src/simulator-kit/index.ts'],
        // Exported as it is, for callers.
        [`${folder}index.ts`, 'src/provider-kit/for-callers.ts'],
      ])
      const allowed = (from: string): readonly (string | undefined)[] => [
        'src/provider-kit/index.ts',
        further.get(from) ?? further.get(layerOf(from)),
      ]
      expect(outgoing.filter(({ from, to }) => !allowed(from).includes(to)).map(show)).toEqual([])
    })

    test(`${name} is apart from its simulator, but for the description that can start it`, () => {
      const crossing = arrows.filter(
        ({ from, to }) =>
          from.startsWith(folder) && layerOf(from) === `providers/${name}` && layerOf(to) !== layerOf(from),
      )
      const own = crossing.filter(({ to }) => to.startsWith(folder))
      expect(own.filter(({ from }) => from !== `${folder}definition.ts`).map(show)).toEqual([])
    })
  }
})

describe('what a provider takes from the kit', () => {
  const KIT_NAMES = /^(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+'[^']*\/src\/provider-kit\/index\.ts'/gm
  const kitText = readFileSync(join(root, 'src/provider-kit/index.ts'), 'utf8')
  const parts = [...kitText.matchAll(/^export \* as (\w+) from/gm)].map(([, part = '']) => part)

  /** Names of the kit, and members of its parts such as `Http.openApi`, in a provider without its simulator. */
  const takenBy = (provider: string) => {
    const names = new Set<string>()
    const members = new Set<string>()
    for (const file of sources.filter((source) => layerOf(source) === `providers/${provider}`)) {
      const code = readFileSync(join(root, file), 'utf8').replace(COMMENT_OR_TEXT, (_, quoted?: string) => quoted ?? '')
      const taken = [...code.matchAll(KIT_NAMES)].flatMap(([, list = '']) =>
        list.split(',').flatMap((name) => name.trim().replace(/^type /, '') || []),
      )
      for (const name of taken) names.add(name)
      for (const part of parts.filter((name) => taken.includes(name))) {
        for (const [member] of code.matchAll(new RegExp(`\\b${part}\\.\\w+`, 'g'))) members.add(member)
      }
    }
    return { names: [...names].sort(), members: [...members].sort() }
  }

  // An author of a provider must know few things. Where more is needed, look first for what the kit could do by itself.
  test.each([
    ['genesys', 35, 58],
    ['webex', 43, 61],
  ])('%s: no more than %i names, and %i members of its parts', (provider, most, mostMembers) => {
    const { names, members } = takenBy(provider)
    expect(names).toEqual(expect.arrayContaining(['createProvider', 'defineProvider', 'LicenseError', 'Http']))
    expect(members).toEqual(expect.arrayContaining(['Http.openApi', 'Lists.pageOf']))
    expect(names.length, names.join(', ')).toBeLessThanOrEqual(most)
    expect(members.length, members.join(', ')).toBeLessThanOrEqual(mostMembers)
  })
})

describe('a library entry point', () => {
  const entries = [
    'src/index.ts',
    'src/provider-kit/index.ts',
    'src/render/index.ts',
    'src/testing/index.ts',
    ...providerNames.map((name) => `providers/${name}/index.ts`),
  ]

  for (const entry of entries) {
    test(`${entry} runs in browsers: nothing that can be loaded from it needs Node`, () => {
      expect(existsSync(join(root, entry))).toBe(true)
      const reached = reachableFrom(entry)
      expect(packages.filter(({ file, specifier }) => reached.has(file) && specifier.startsWith('node:'))).toEqual([])
      expect([...reached].filter((file) => NODE_GLOBAL.test(codeOf(readFileSync(join(root, file), 'utf8'))))).toEqual(
        [],
      )
    })
  }

  test('src/render/index.ts loads little: what a format needs comes with its first use', () => {
    const loaded = [...loadedWith('src/render/index.ts')]
    expect(loaded.filter((name) => !name.startsWith('src/'))).toEqual(['fastest-levenshtein'])
    // The words for costs are among them, for programs that show amounts beside a result.
    expect(loaded.length).toBeLessThan(40)
    expect(loaded.filter((name) => /-(table|json|csv|markdown|html|junit)\.ts$|workbook\.ts$/.test(name))).toEqual([])
  })

  test('src/testing/index.ts needs no test runner', () => {
    const reached = reachableFrom('src/testing/index.ts')
    const used = packages.filter(({ file }) => reached.has(file)).map(({ specifier }) => specifier)
    expect(used.filter((specifier) => /^(vitest|jest|mocha|@jest)/.test(specifier))).toEqual([])
  })
})
