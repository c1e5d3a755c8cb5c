import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { chromium } from 'playwright-core'

// The pictures of the README, made from what the demo really shows. After `npm run build` of the package: npm run pictures

const root = join(import.meta.dirname, '..')
const pictures = join(root, 'docs', 'pictures')
mkdirSync(pictures, { recursive: true })
const seatlens = (args, environment = {}) =>
  execFileSync(process.execPath, [join(root, 'dist', 'src', 'cli', 'bin.js'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, TZ: 'UTC', ...environment },
    maxBuffer: 1e8,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

/** A picture of a terminal: each run of characters in one style is placed by its column, so that any font keeps the columns straight. */
const CELL = { width: 7.8, height: 18, size: 13 }
const PADDING = { x: 18, top: 46, bottom: 18 }
const COLORS = {
  31: '#f47067',
  32: '#57ab5a',
  33: '#c69026',
  34: '#539bf5',
  35: '#b083f0',
  36: '#39c5cf',
  90: '#768390',
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const ESCAPE = '\u001b['
const STYLE = new RegExp(`(${ESCAPE.replace('[', '\\[')}[\\d;]*m)`)

/** Pieces of a line in one style: ANSI's codes for colors, bold and dim are all that the command line writes. */
const piecesOf = (line) => {
  let style = { color: '#adbac7', bold: false, dim: false }
  let column = 0
  return line.split(STYLE).flatMap((piece) => {
    const codes = piece.startsWith(ESCAPE) ? piece.slice(ESCAPE.length, -1) : undefined
    if (codes === undefined) {
      const found = { text: piece, column, ...style }
      column += [...piece].length
      return piece.trim() === '' ? [] : [found]
    }
    for (const code of codes.split(';').map(Number)) {
      if (code === 0) style = { color: '#adbac7', bold: false, dim: false }
      else if (code === 1) style = { ...style, bold: true }
      else if (code === 2) style = { ...style, dim: true }
      else if (code === 22) style = { ...style, bold: false, dim: false }
      else if (code === 39) style = { ...style, color: '#adbac7' }
      else if (COLORS[code] !== undefined) style = { ...style, color: COLORS[code] }
    }
    return []
  })
}

/** Words of a piece, each at its own column: what is between them are spaces, which fonts may make of any width. */
const wordsOf = ({ text, column, ...style }) =>
  [...text.matchAll(/\S+(?: \S+)*/g)].map((match) => ({
    text: match[0],
    column: column + [...text.slice(0, match.index)].length,
    ...style,
  }))

const textOf = (row) => (word) => {
  const x = PADDING.x + word.column * CELL.width
  const y = PADDING.top + row * CELL.height
  const length = [...word.text].length * CELL.width
  const weight = word.bold ? ' font-weight="bold"' : ''
  const opacity = word.dim ? ' opacity="0.65"' : ''
  return `<text x="${x.toFixed(1)}" y="${y}" fill="${word.color}" textLength="${length.toFixed(1)}" lengthAdjust="spacingAndGlyphs"${weight}${opacity}>${escaped(word.text)}</text>`
}

const terminal = (title, lines) => {
  const longest = Math.max(...lines.map((line) => [...stripVTControlCharacters(line)].length))
  const width = Math.ceil(longest * CELL.width + 2 * PADDING.x)
  const height = PADDING.top + (lines.length - 1) * CELL.height + PADDING.bottom
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="#22272e"/>`,
    ...['#f47067', '#c69026', '#57ab5a'].map(
      (color, place) => `<circle cx="${20 + place * 18}" cy="18" r="5.5" fill="${color}"/>`,
    ),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${CELL.size}">`,
    ...lines.flatMap((line, row) => piecesOf(line).flatMap(wordsOf).map(textOf(row))),
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

/** As test/documents/pictures.test.ts has it, which compares what is shown with what is printed. */
const WIDTH = 104
const MOST_LINES_OF_A_PART = 9
const MOST_LINES = 38

/** What the command prints on a terminal: `script`, of util-linux, is one. */
const report = execFileSync(
  'script',
  ['-qefc', `stty cols ${WIDTH} && "${process.execPath}" dist/src/cli/bin.js demo 2> /dev/null`, '/dev/null'],
  { cwd: root, encoding: 'utf8', env: { PATH: process.env.PATH, TZ: 'UTC', FORCE_COLOR: '1' } },
)
  .replaceAll('\r\n', '\n')
  .trimEnd()
  .split('\n')

/** The first lines of each part of the report, without notes; what is left out of a part is `…`. */
const shownLines = []
let inPart = 0
let isNote = false
for (const line of report) {
  const bare = stripVTControlCharacters(line)
  if (bare.trim() === '') [inPart, isNote] = [0, false]
  else inPart += 1
  isNote ||= /^[¹²³⁴⁵⁶⁷⁸⁹]|^\d+ licenses that come free/.test(bare)
  if (isNote || bare.startsWith('No room for')) continue
  if (inPart <= MOST_LINES_OF_A_PART) shownLines.push(line)
  else if (inPart === MOST_LINES_OF_A_PART + 1) shownLines.push('\u001b[2m…\u001b[22m')
  if (shownLines.length >= MOST_LINES) break
}
writeFileSync(
  join(pictures, 'terminal.svg'),
  terminal('seatlens demo', ['\u001b[32m$\u001b[39m npx seatlens demo', ...shownLines]),
)

/** The page, in a light and calm window. */
const folder = mkdtempSync(join(tmpdir(), 'seatlens-pictures-'))
const file = join(folder, 'report.html')
seatlens(['demo', '--format', 'html', '--output', file])
const browser = await chromium.launch({
  executablePath: process.env.SEATLENS_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage({
    viewport: { width: 1040, height: 720 },
    deviceScaleFactor: 1.6,
    colorScheme: 'light',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  await page.goto(pathToFileURL(file).href)
  await page.waitForLoadState('networkidle')
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 72 })
  writeFileSync(join(pictures, 'report-page.webp'), Buffer.from(data, 'base64'))
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}
