import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vitepress'
import { checkLinks } from './check-links.mjs'
import { stage } from './stage.mjs'

// The whole site: the reference of the API, the pages, the HTML. Links that lead nowhere fail it: in stage.mjs those to files,
// in VitePress those to pages, in check-links.mjs those to headings.

execFileSync('npm', ['run', 'reference'], { cwd: import.meta.dirname, stdio: 'inherit' })
const { documents, led } = stage()
console.log(`${documents} files of the documents, and ${led} pages of files that they lead to`)
await build(import.meta.dirname)
const dist = join(import.meta.dirname, '.vitepress', 'dist')
if (!existsSync(join(dist, 'index.html'))) throw new Error('there is no start page')
const { pages, dead } = checkLinks(dist)
if (dead.length > 0) throw new Error(`links that lead nowhere:\n${dead.join('\n')}`)
console.log(`${pages} pages, and all links lead somewhere`)
