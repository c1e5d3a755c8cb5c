import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProgram } from '../../src/cli/main.ts'
import { manPage } from '../../src/cli/man-page/man-page.ts'
import { prose, roff } from '../../src/cli/man-page/roff.ts'

const built = join(import.meta.dirname, '../../dist/man/seatlens.1')
const program = createProgram(process, {
  run: async () => {},
  onCall: () => {},
  onRemark: () => {},
  onMistake: () => {},
})

const words = (text: string): string => text.replace(/\s+/g, ' ')

describe('the page for man', () => {
  it('that is built is the one that the help of this version gives', async () => {
    expect(await readFile(built, 'utf8')).toBe(manPage(program))
  })

  it('is shown without a warning, with everything that the help of every command says', ({ skip }) => {
    // Docker images of Debian have a program in its place that says that there are no pages.
    const shown = spawnSync('man', ['--warnings', '-E', 'UTF-8', '-l', built], {
      encoding: 'utf8',
      env: { ...process.env, MANWIDTH: '80', MANOPT: '', GROFF_NO_SGR: '1', MANPAGER: 'cat', LC_ALL: 'C.UTF-8' },
    })
    if (shown.error !== undefined || shown.stdout.includes('minimized'))
      skip('man is not installed: apt-get install man-db')
    expect(shown.stderr).toBe('')
    const page = words(shown.stdout)
    const said = program.commands.flatMap((command) => {
      const help = command.createHelp()
      const options = help.visibleOptions(command).filter(({ long }) => long !== '--help')
      return [
        command.description(),
        ...options.flatMap((option) => [help.optionTerm(option), help.optionDescription(option)]),
        ...help.visibleArguments(command).map((argument) => help.argumentDescription(argument)),
      ]
    })
    expect(said.length).toBeGreaterThan(150)
    expect(said.filter((text) => !page.includes(words(text)))).toEqual([])
    for (const text of [
      'Exit codes: 0 complete',
      'seatlens apply plan.json --yes --max-removals 40',
      '--as-of <day>',
    ]) {
      expect(page).toContain(text)
    }
  })

  it('keeps what roff would take for its own', () => {
    expect(roff(".x\n'y \\n --z")).toBe("\\&.x\n\\&'y \\en \\-\\-z")
    expect(prose('One\nline.\n\nExamples:\n  seatlens a\n  seatlens b\nMore.')).toEqual([
      ...['.PP', 'One', 'line.'],
      ...['.PP', 'Examples:', '.RS 4', '.nf', 'seatlens a', 'seatlens b', '.fi', '.RE', 'More.'],
    ])
  })
})
