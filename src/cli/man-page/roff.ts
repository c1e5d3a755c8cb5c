/** A text as it stands in a page for `man`, whatever it has of what roff would take for its own. */
export const roff = (text: string): string =>
  text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/^([.'])/gm, '\\&$1')

export const bold = (text: string): string => `\\fB${roff(text)}\\fR`

/** Of a macro: one argument, with its spaces. */
const argument = (text: string): string => `"${roff(text).replaceAll('"', '\\(dq')}"`

export const macro = (name: string, ...texts: readonly string[]): string =>
  ['.', name, ...texts.map((text) => ` ${argument(text)}`)].join('')

/** `--format <format>` as a page shows it: what is typed is bold, what stands for something is not. */
export const term = (text: string): string =>
  text
    .split(/([<[][^<>[\]]*[>\]])/)
    .map((part) => (/^[<[]/.test(part) || part.trim() === '' ? roff(part) : bold(part)))
    .join('')

/** An entry of a list: a term, and what is said of it. */
export const entry = (shown: string, meaning: string): readonly string[] => ['.TP', shown, roff(meaning)]

/** Where a text of the help begins a line of its own among lines that are filled: `--by user: …`. */
const BEGINS_LINE = /^--[\w-]+(?: [\w-]+)?:/

/** What a help says below its lists: paragraphs, and indented lines, which stay as they are. */
export const prose = (text: string): readonly string[] =>
  text
    .trim()
    .split(/\n{2,}/)
    .flatMap((paragraph) => {
      let isIndented = false
      const lines = paragraph.split('\n').flatMap((line, index) => {
        const wasIndented = isIndented
        isIndented = line.startsWith('  ')
        const turn = isIndented === wasIndented ? [] : isIndented ? ['.RS 4', '.nf'] : ['.fi', '.RE']
        const own = !isIndented && index > 0 && BEGINS_LINE.test(line) ? ['.br'] : []
        return [...turn, ...own, roff(isIndented ? line.slice(2) : line)]
      })
      return ['.PP', ...lines, ...(isIndented ? ['.fi', '.RE'] : [])]
    })
