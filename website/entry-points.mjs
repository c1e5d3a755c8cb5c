import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Converter } from 'typedoc'

const { exports } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8'))

/** What programs import: `src/node` is `seatlens/node`. */
const names = new Map(
  Object.entries(exports).flatMap(([name, file]) => {
    const [, folder] = /^\.\/dist\/(.+)\/index\.js$/.exec(typeof file === 'string' ? file : (file.default ?? '')) ?? []
    return folder === undefined ? [] : [[folder, `seatlens${name.slice(1)}`]]
  }),
)

/** For typedoc: modules are called as they are imported. */
export const load = ({ converter }) => {
  converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) module.name = names.get(module.name) ?? module.name
  })
}
