import { readFileSync } from 'node:fs'

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

/**
 * The script of the page: the modules of `client/` as one, without their imports and exports, because a page that loads
 * nothing cannot load modules either. Their names must differ.
 */
export const clientScript = (): string =>
  FILES.map((file) => readFileSync(new URL(`client/${file}`, import.meta.url), 'utf8'))
    .join('\n')
    .replace(IMPORT, '')
    .replace(EXPORT, '')
