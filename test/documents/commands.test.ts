import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allBlocks, type Block, blocksOf, placeOf, SHELLS } from './documents.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

/** A line of a block that calls the command line: at its start, or behind what a shell may have before a command. */
const CALL = /(?:^|[;|&(]|\bthen|\bdo|\d\)) *(?:npx )?seatlens (?=[a-z-])/gm

/** PowerShell sets variables otherwise than the shell that runs the block; commands are the same. */
const asShell = ({ language, code }: Block): string =>
  language === 'powershell' ? code.replaceAll(/^\$(?:env:)?(\w+) = /gm, '$1=') : code

/** The exit codes that a command may have where the document says nothing: a check may find what it looks for. */
const usualCodes = (args: readonly string[]): readonly number[] => {
  if (args.includes('simulate')) return [130]
  return args.includes('check') ? [0, 3] : [0]
}

describe('the commands in the documents', () => {
  let temporary = ''
  let sandbox: Sandbox
  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'seatlens-documents-'))
    sandbox = await openSandbox(temporary)
  })
  afterAll(async () => {
    await sandbox.stop()
    await rm(temporary, { recursive: true, force: true })
  })

  const blocks = allBlocks.filter(({ language, code }) => SHELLS.includes(language) && code.match(CALL) !== null)

  it('are many', () => {
    expect(blocks.length).toBeGreaterThan(20)
  })

  it.each(blocks.map((block) => [placeOf(block), block] as const))('of %s run', async (_, block) => {
    const code = asShell(block)
    const { called, stderr } = await sandbox.runBlock(code)
    const unusual = called.filter(({ args, code: ended }) => !(block.exitCodes ?? usualCodes(args)).includes(ended))
    expect(unusual).toEqual([])
    expect(stderr).not.toMatch(/^(?:bash|npm|.*\/bin\/\w+): /m)
    // None was left out, as a branch that is not taken would.
    expect(called.length).toBeGreaterThanOrEqual(code.match(CALL)?.length ?? 0)
  })

  describe('that a schedule runs', () => {
    const FOLDER = '/srv/seatlens'
    const page = blocksOf('docs/administrators/schedules.md')
    const [script = ''] = page.flatMap(({ code }) => (code.startsWith('cat > seatlens-daily') ? [code] : []))
    const [crontab = ''] = page.flatMap(({ language, code }) => (language === 'cron' ? [code] : []))
    const units = page.flatMap(({ language, code }) => (language === 'ini' ? [code] : []))

    it('are run by cron', async () => {
      const [, command = ''] = /^(?:[\d*,/-]+ ){5}(.+)$/m.exec(crontab) ?? []
      expect(command).toContain(FOLDER)
      const { called, stderr } = await sandbox.runBlock(
        [
          // Without the run that the page shows.
          script.replace(/^\.\/seatlens-daily$/m, ''),
          "printf 'WEBEX_ACCESS_TOKEN=token\\n' > credentials",
          command.replaceAll(FOLDER, '.'),
        ].join('\n'),
      )
      expect(called.map(({ args: [name], code }) => [name, [0, 3].includes(code)])).toEqual([
        ['snapshot', true],
        ['check', true],
      ])
      expect(stderr).not.toMatch(/^bash: /m)
    })

    it('are run by systemd: units have sections and settings only, and run that script', () => {
      expect(units.length).toBeGreaterThan(2)
      const LINE = /^(?:\[[A-Z]\w+\]|[A-Z][A-Za-z_]+=\S.*|# .*|)$/
      expect(units.flatMap((unit) => unit.split('\n')).filter((line) => !LINE.test(line))).toEqual([])
      const [service = ''] = units.filter((unit) => unit.includes('[Service]'))
      expect(service).toContain(`WorkingDirectory=${FOLDER}\n`)
      expect(service).toContain(`ExecStart=${FOLDER}/seatlens-daily\n`)
    })
  })
})
