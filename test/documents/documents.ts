import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

export const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Made by typedoc, and not kept. */
const GENERATED = 'docs/api/'

/** Without what is installed or built: a package that is installed in an example leads back here. */
export const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return /^(?:node_modules|dist)$/.test(entry.name) ? [] : filesIn(path, ending)
    return path.endsWith(ending) && !path.startsWith(GENERATED) ? [path] : []
  })

/** Everything that people read, by its path from the root. */
export const documents: readonly string[] = [
  ...readdirSync(root).filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md'),
  ...['docs', 'examples', 'providers'].flatMap((folder) => filesIn(folder, '.md')),
].sort()

/** A code block of a document. */
export interface Block {
  readonly document: string
  /** Of its first line in the document, from 1. */
  readonly line: number
  readonly language: string
  readonly code: string
  /** What a comment before it says of the exit codes that its commands may have: `<!-- exit codes: 0 3 -->`. */
  readonly exitCodes: readonly number[] | undefined
}

const BLOCK = /(?:<!-- exit codes: ([\d ]+) -->\n+)?^( *)```(\w*)\n([\s\S]*?)^\2```$/gm

export const blocksOf = (document: string): readonly Block[] => {
  const text = read(document)
  return [...text.matchAll(BLOCK)].map((match) => {
    const [whole, exitCodes, indent = '', language = '', code = ''] = match
    const before = text.slice(0, match.index + whole.indexOf('```'))
    return {
      document,
      line: before.split('\n').length + 1,
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      exitCodes: exitCodes?.split(' ').map(Number),
    }
  })
}

/** Languages whose blocks are run. */
export const SHELLS: readonly string[] = ['sh', 'bash', 'powershell']

export const allBlocks: readonly Block[] = documents.flatMap(blocksOf)

export const placeOf = ({ document, line }: Block): string => `${relative(root, join(root, document))}:${line}`
