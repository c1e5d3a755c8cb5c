import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const page = join(import.meta.dirname, '../../src/render/report/html')
const modules = join(page, 'client')

/** In the order in which they need one another. */
const FILES = [
  'page-data.js',
  'element.js',
  'search-text.js',
  'paper.js',
  'license-search.js',
  'finding-lists.js',
  'people-filter.js',
  'people-order.js',
  'people-row.js',
  'people-count.js',
  'people-table.js',
  'main.js',
] as const

const IMPORT = /^import\b[^;]*?\bfrom\s*'[^']+';?$/gm
const EXPORT = /^export (?:\{\};?$)?/gm
/** Mostly types, for those who write the modules. */
const DOCUMENTATION = /^ *\/\*\*[\s\S]*?\*\/\n/gm

/** The modules as one, without their imports and exports: a page that loads nothing cannot load modules either. */
const asOneScript = (): string =>
  FILES.map((file) => readFileSync(join(modules, file), 'utf8'))
    .join('\n')
    .replace(IMPORT, '')
    .replace(EXPORT, '')
    .replace(DOCUMENTATION, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const asModule = (script: string): string => `/**
 * The script of the page: the modules of \`client/\` as one. Made from them by \`npm run client-script\`; no file has to be
 * read to make a page, so that a browser can.
 */
export const clientScript = \`${script.replace(/[\\`]|\$\{/g, '\\$&')}\`
`

describe('the script of the page', () => {
  it('has every module of the client', () => {
    const all = readdirSync(modules).filter((name) => name.endsWith('.js'))
    expect([...FILES].sort()).toEqual(all.sort())
  })

  it('defines every name once, as its modules share one scope there', () => {
    const names = [...asOneScript().matchAll(/^(?:const|let|function|class) (\w+)/gm)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(20)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('is what its modules are', async () => {
    await expect(asModule(asOneScript())).toMatchFileSnapshot(join(page, 'client-script.ts'))
  })
})
