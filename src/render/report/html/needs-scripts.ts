import { type Html, html } from '../../page/html.ts'

/** For whoever does not let the page's script run. `what`: the beginning of the sentence. */
export const needsScripts = (what: string): Html =>
  html`<noscript><p class="card">${what} scripts to be allowed in this file. It loads nothing from anywhere.</p></noscript>`
