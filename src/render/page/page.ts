import { sha256Base64 } from '../../model/sha256.ts'
import { type Html, html, trusted } from './html.ts'

export interface Page {
  readonly title: string
  readonly style: string
  /** In parts that follow each other, so that a large page need not be in memory. */
  readonly body: Iterable<Html>
  /** It has images that are inside the page. Default: none. */
  readonly hasImages?: boolean
  /** Absent: nothing runs. */
  readonly program?: Program
}

export interface Program {
  readonly script: string
  /** What the script works with. */
  readonly data: Iterable<DataPart>
}

/** JSON in an element of its own, which the script reads when it needs it. Several may have one name. */
export interface DataPart {
  readonly name: string
  readonly json: string
}

const hashOf = async (text: string): Promise<string> => `'sha256-${await sha256Base64(text)}'`

/** Nothing may be loaded from anywhere, and only this very style and this very script count. */
const policyOf = async ({ style, hasImages, program }: Page): Promise<string> =>
  [
    "default-src 'none'",
    `style-src ${await hashOf(style)}`,
    ...(hasImages ? ['img-src data:'] : []),
    ...(program === undefined ? [] : [`script-src ${await hashOf(program.script)}`]),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

function* programPieces({ script, data }: Program): Generator<string> {
  for (const { name, json } of data) {
    // What is inside a script element ends with that element only, whatever it is.
    yield html`<script type="application/json" data-name="${name}">${trusted(json.replaceAll('<', '\\u003c'))}</script>
`.html
  }
  yield html`<script type="module">${trusted(script)}</script>
`.html
}

function* piecesOf(page: Page, policy: string): Generator<string> {
  yield html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<style>${trusted(page.style)}</style>
</head>
<body>
<div class="page">`.html
  for (const part of page.body) yield part.html
  yield html`
<footer class="muted"><p>Made by Seatlens. This file loads nothing and sends nothing; what it shows is inside it.</p></footer></div>
`.html
  if (page.program !== undefined) yield* programPieces(page.program)
  yield `</body>
</html>
`
}

/** One file that needs no other, piece by piece. */
export const pagePieces = async (page: Page): Promise<Iterable<string>> => piecesOf(page, await policyOf(page))

/** For a user who does not let the page's script run. `what`: the beginning of the sentence. */
export const needsScripts = (what: string): Html =>
  html`<noscript><p class="card">${what} scripts to be allowed in this file. It loads nothing from anywhere.</p></noscript>`
