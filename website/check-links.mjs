import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'

const decoded = (text) => decodeURIComponent(text.replaceAll('&amp;', '&'))

/** Links of the built pages that lead to no file of the site, or to no heading of the page. */
export const checkLinks = (dist) => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    // What typedoc makes, it has checked.
    .filter((path) => path.endsWith('.html') && !path.startsWith('api/'))
  const idsIn = new Map(
    files.map((file) => {
      const html = readFileSync(join(dist, file), 'utf8')
      return [file, new Set([...html.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(([, id]) => decoded(id)))]
    }),
  )
  const dead = files.flatMap((file) => {
    const html = readFileSync(join(dist, file), 'utf8')
    return [...html.matchAll(/<(?:a|img)[^>]*?\s(?:href|src)="([^"]+)"/g)].flatMap(([, link]) => {
      if (/^(?:\w+:|\/\/)/.test(link)) return []
      const [path, anchor] = link.split('#')
      const target =
        path === '' ? file : posix.normalize(path.startsWith('/') ? path.slice(1) : posix.join(dirname(file), path))
      const found = [decoded(target), posix.join(decoded(target), 'index.html'), `${decoded(target)}.html`].find(
        (name) => existsSync(join(dist, name)) && !name.endsWith('/') && name !== '' && name !== '.',
      )
      if (found === undefined) return [`${file}: ${link}`]
      const ids = idsIn.get(found === '.' ? 'index.html' : found)
      return anchor === undefined || anchor === '' || ids === undefined || ids.has(decoded(anchor))
        ? []
        : [`${file}: ${link}`]
    })
  })
  return { pages: files.length, dead: [...new Set(dead)] }
}
