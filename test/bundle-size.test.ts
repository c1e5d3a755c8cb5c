import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const ENTRY = 'virtual:application'

/** What applications for browsers import, by its name in the documentation. */
const APPLICATIONS: Readonly<Record<string, string>> = {
  'the users of Webex': "export { createWebexProvider } from 'seatlens/webex'",
  'the users of Genesys Cloud': "export { createGenesysProvider } from 'seatlens/genesys'",
  'a report': "export { createLicenseReport } from 'seatlens'",
  'a report over both vendors': [
    "export { createGenesysProvider } from 'seatlens/genesys'",
    "export { createWebexProvider } from 'seatlens/webex'",
    "export { createLicenseReport } from 'seatlens'",
  ].join('\n'),
  'all of `seatlens`': "export * from 'seatlens'",
}

/** The size of an application that is bundled, minified and compressed, in bytes. */
const sizeOf = async (source: string, alias: Readonly<Record<string, string>>): Promise<number> => {
  const bundle = await rolldown({
    input: ENTRY,
    cwd: root,
    platform: 'browser',
    resolve: { alias },
    plugins: [
      {
        name: 'application',
        resolveId: (id) => (id === ENTRY ? join(root, 'application.js') : null),
        load: (id) => (id === join(root, 'application.js') ? source : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
  await bundle.close()
  return gzipSync(output[0].code, { level: 9 }).byteLength
}

const AS_MODULES = { 'fp-ts/lib': 'fp-ts/es6', 'io-ts/lib': 'io-ts/es6' }

const inKiB = (bytes: number): number => Math.ceil(bytes / 1024)

/** The table of the documentation: application, KiB, KiB with the alias. */
const recorded = new Map(
  [...readFileSync(join(root, 'docs', 'performance.md'), 'utf8').matchAll(/^\| (.+?) \| +(\d+) \| +(\d+) \|$/gm)].map(
    ([, name = '', plain, aliased]) => [name, [Number(plain), Number(aliased)]],
  ),
)

describe('bundles for browsers', () => {
  it.each(Object.entries(APPLICATIONS))('%s: not larger than the documentation says', async (name, source) => {
    const sizes = [inKiB(await sizeOf(source, {})), inKiB(await sizeOf(source, AS_MODULES))]
    const [plain = 0, aliased = 0] = recorded.get(name) ?? []
    const limits = [plain, aliased].map((size) => Math.ceil(size * 1.03))
    expect(
      sizes.map((size, place) => size <= (limits[place] ?? 0)),
      `${name}: ${sizes.join(' and ')} KiB`,
    ).toEqual([true, true])
  })
})
