import { cp, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { builtCommandLine } from './child.ts'

const root = join(import.meta.dirname, '../../..')

/** Writes files below a folder, by their paths. What is not a text becomes JSON. */
export const writeFiles = async (folder: string, files: Readonly<Record<string, unknown>>): Promise<void> => {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
}

/** A package of ES modules only: it cannot be found by `require`. */
export const esmPackage = (name: string, code: string): Readonly<Record<string, unknown>> => ({
  [`node_modules/${name}/package.json`]: { name, type: 'module', exports: { '.': { import: './index.js' } } },
  [`node_modules/${name}/index.js`]: code,
})

/**
 * Installs `seatlens-acme` in a folder, with what it depends on: the example of a provider as a package of its own, with its
 * simulator. `code`: what its default export is made of.
 */
export const installAcme = async (folder: string, code: string): Promise<void> => {
  const built = join(dirname(builtCommandLine()), '../../examples/acme')
  await writeFiles(
    folder,
    esmPackage('seatlens-acme', `import { acmeDefinition } from './acme/definition.js'\n${code}\n`),
  )
  await cp(built, join(folder, 'node_modules/seatlens-acme/acme'), { recursive: true })
  await symlink(root, join(folder, 'node_modules/seatlens'), 'junction')
  for (const name of ['fp-ts', 'io-ts']) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
  }
}
