import { createHash } from 'node:crypto'
import { type Html, html, trusted } from './html.ts'

export interface Page {
  readonly title: string
  readonly style: string
  readonly script: string
  readonly body: Html
  /** JSON for the script, piece by piece. */
  readonly data: Iterable<string>
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing may be loaded from anywhere, and only this very style and this very script count. */
const policyOf = ({ style, script }: Page): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/** One file that needs no other, piece by piece. */
export function* pagePieces(page: Page): Generator<string> {
  yield html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(page)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${page.title}</title>
<style>${trusted(page.style)}</style>
</head>
<body>
${page.body}
<script type="application/json" id="data">`.html
  // What is inside a script element ends with that element only, whatever it is.
  for (const piece of page.data) yield piece.replaceAll('<', '\\u003c')
  yield html`</script>
<script type="module">${trusted(page.script)}</script>
</body>
</html>
`.html
}
