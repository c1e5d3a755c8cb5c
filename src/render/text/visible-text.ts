/** Control, format (bidirectional overrides among them) and separator characters; not the joiners that words and emoji need. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

const CONTROL_PICTURES = 0x2400

const show = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code)
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}

/** Foreign text made fit for a terminal: what would move the cursor, change colors or turn the text around is shown instead. */
export const visibleText = (text: string): string => text.replace(UNSEEN, show)
