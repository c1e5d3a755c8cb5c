import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, posix } from 'node:path'

// The documents as they are on GitHub become the pages of the site. What a link leads to on GitHub, it leads to here: a
// document to its page, a folder to a list of what is in it, a source file to a page that shows it.

const root = join(import.meta.dirname, '..')
const pages = join(import.meta.dirname, 'pages')

/** Not in what is installed: an example has a link to this repository there, which has no end. */
const filesIn = (folder) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = posix.join(folder, entry.name)
        if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(path)
        return entry.isFile() ? [path] : []
      })
    : []

/** Made by typedoc, and served as it is. */
const REFERENCE = 'docs/api'

/** Everything that is a page or belongs to one, by its path from the root. */
const sources = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...filesIn('docs').filter((path) => !path.startsWith(`${REFERENCE}/`)),
  ...filesIn('providers').filter((path) => path.endsWith('.md')),
  ...filesIn('examples').filter((path) => path.endsWith('.md')),
]

/** `docs/` is the site; what is beside it keeps its name. The README of a folder is its index. */
const pageOf = (path) => {
  const within = path.startsWith('docs/') ? path.slice('docs/'.length) : path === 'README.md' ? 'overview.md' : path
  return basename(within) === 'README.md' ? posix.join(dirname(within), 'index.md') : within
}

const LANGUAGES = { '.ts': 'ts', '.js': 'js', '.mjs': 'js', '.json': 'json', '.yml': 'yaml', '.csv': 'csv', '': 'text' }

/** Pages that exist only because something leads to them. */
const led = new Map()

const fileAsPage = (path) => {
  const page = `files/${path}.md`
  const language = LANGUAGES[extname(path)] ?? 'text'
  const text = readFileSync(join(root, path), 'utf8')
  led.set(page, `# ${basename(path)}\n\n\`${path}\`\n\n\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\`\n`)
  return page
}

const titleOf = (path) => /^# (?:\d+\. )?(.+)$/m.exec(readFileSync(join(root, path), 'utf8'))?.[1] ?? basename(path)

const folderAsPage = (folder) => {
  const names = readdirSync(join(root, folder)).sort()
  const index = names.includes('README.md') ? posix.join(folder, 'README.md') : undefined
  if (index !== undefined && sources.includes(index)) return pageOf(index)
  const page = folder.startsWith('docs/')
    ? posix.join(folder.slice('docs/'.length), 'index.md')
    : `files/${folder}/index.md`
  if (led.has(page)) return page
  led.set(page, '')
  const rows = names.flatMap((name) => {
    const path = posix.join(folder, name)
    if (name === 'node_modules' || statSync(join(root, path)).isDirectory()) return []
    const [number = ''] = /^\d{4}/.exec(name) ?? []
    const text = name.endsWith('.md') ? `${number} ${titleOf(path)}`.trim() : name
    const target = sources.includes(path) ? pageOf(path) : fileAsPage(path)
    return [`- [${text}](/${target})`]
  })
  led.set(page, `# ${basename(folder)[0].toUpperCase()}${basename(folder).slice(1)}\n\n${rows.join('\n')}\n`)
  return page
}

/** What a link leads to, as a path of the site; a link that leads nowhere fails the build. */
const targetOf = (document, link) => {
  const [path = '', anchor] = link.split('#')
  const hash = anchor === undefined ? '' : `#${anchor}`
  if (path === '') return hash
  const target = posix.normalize(posix.join(dirname(document), decodeURIComponent(path))).replace(/\/$/, '')
  if (!existsSync(join(root, target))) throw new Error(`${document}: the link ${link} leads nowhere`)
  if (statSync(join(root, target)).isDirectory()) return `/${folderAsPage(target)}${hash}`
  if (sources.includes(target)) return `/${pageOf(target)}${hash}`
  return `/${fileAsPage(target)}${hash}`
}

const CODE = /(^ *```[\s\S]*?^ *```$|`[^`\n]+`)/gm

/** Rewrites what leads somewhere, and nothing in code. What Vue would take for its own is text. */
const asPage = (document) =>
  readFileSync(join(root, document), 'utf8')
    .split(CODE)
    .map((piece, place) =>
      place % 2 === 1
        ? piece
        : piece
            .replaceAll(/(!?)\[((?:[^\]\\]|\\.)*)\]\((?!\w+:)([^)\s]+)\)/g, (_, image, text, link) => {
              const target = targetOf(document, link)
              return `${image}[${text}](${target})`
            })
            .replaceAll('{{', '&#123;&#123;'),
    )
    .join('')

const write = (path, content) => {
  mkdirSync(dirname(join(pages, path)), { recursive: true })
  writeFileSync(join(pages, path), content)
}

/** Makes all pages anew. */
export const stage = () => {
  rmSync(pages, { recursive: true, force: true })
  for (const path of sources) {
    if (path.endsWith('.md')) write(pageOf(path), asPage(path))
    // What is no document is served as it is, at the address of the page that shows it.
    else write(posix.join('public', pageOf(path)), readFileSync(join(root, path)))
  }
  for (const [page, text] of led) write(page, text)
  cpSync(join(root, REFERENCE), join(pages, 'public', 'api'), { recursive: true })
  return { documents: sources.length, led: led.size }
}
