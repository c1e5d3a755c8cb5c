// Bundles the code of the package into few files: Node takes up to a millisecond to load a file, however small, and a
// command needs some hundred modules. Declarations stay one a file, as tsc writes them.
import { readdir, readFile } from 'node:fs/promises'
import { rolldown } from 'rolldown'

const { name, exports, dependencies, peerDependencies } = JSON.parse(await readFile('package.json', 'utf8'))
// Nothing else, so that what the bundler itself needs is in the package.
const external = new RegExp(
  `^(node:|(${[name, ...Object.keys({ ...dependencies, ...peerDependencies })].join('|')})(/|$))`,
)

const build = async (entries, output) => {
  const input = Object.fromEntries(entries.map((entry) => [entry, `./${entry}.ts`]))
  const bundle = await rolldown({ input, external, platform: 'neutral', preserveEntrySignatures: 'allow-extension' })
  // The maps carry the sources, which are not in the package otherwise.
  await bundle.write({ dir: 'dist', entryFileNames: '[name].js', sourcemap: true, ...output })
  await bundle.close()
}

// What is loaded by its path: entry points, the command line, and what benches and scripts take of it. What they share is
// in parts, and what the code imports later is loaded later.
await build(
  [
    ...Object.values(exports).flatMap((file) => /^\.\/dist\/(.*)\.js$/.exec(file)?.[1] ?? []),
    'src/cli/bin',
    'src/cli/main',
    'src/cli/registry',
    'src/cli/configuration/write-schema',
    'src/cli/man-page/write-man',
  ],
  {
    chunkFileNames: 'src/parts/[name].js',
    // Small modules that most commands load, in a few files for the command line and the model.
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        {
          name: 'start',
          test: /src\/cli\/(cannot-write|usage-error|package-folder|version|commands\/lineage|configuration\/configuration-path|outside\/outside-type|output\/(notify|surface))\.ts$/,
        },
        { name: 'environment', test: /src\/cli\/(proxy-settings|configuration\/(interpolate|read-variable))\.ts$/ },
        {
          name: 'output',
          test: /src\/cli\/(actions\/reason-to-keep-old|output\/(is-seen|output-file|shell-word|write-out))\.ts$/,
        },
        {
          name: 'texts',
          test: /src\/(model\/(content|exact-json|grouped-by|hash64|is-bytes|is-record|licensed-user|onlooker|quantity|shown-text|some-of|tagged-failure|text-pattern|text-pieces|time-text|whole-number|with-defaults|without-raw)|render\/text\/visible-text)\.ts$/,
        },
        {
          name: 'reading',
          test: /src\/cli\/(frugal-heap|actions\/(planned-calls|report-outcomes|with-providers|with-reading)|input\/rows-asked-for|facts\/facts-by-provider|output\/(progress|provider-lines|time-left))\.ts$/,
        },
        {
          name: 'names',
          test: /src\/(contract\/capabilities|model\/(activity|addresses|folded-text|ledger|license-error|license-exception|licensed-user|match-licenses|meant-by-address))\.ts$/,
        },
        { name: 'contract', test: /src\/contract\// },
        { name: 'first-seen', test: /src\/snapshot\/first-seen\// },
        { name: 'numbers', test: /src\/model\/(count|currency|decimal|moment|purchase)\.ts$/ },
      ],
    },
  },
)

/** Programs, but for those that are packages of their own and build themselves. */
const programsIn = async (folder) => {
  const entries = await readdir(folder, { withFileTypes: true })
  if (entries.some(({ name }) => name === 'package.json')) return []
  const programs = entries.map(async (entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return programsIn(path)
    return path.endsWith('.ts') ? [path.slice(0, -'.ts'.length)] : []
  })
  return (await Promise.all(programs)).flat()
}

// Examples are read, too: file by file.
await build(await programsIn('examples'), { preserveModules: true, preserveModulesRoot: '.' })
