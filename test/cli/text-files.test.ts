import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { acmes, newFolder, run } from './support/run.ts'

const PEOPLE = 'person;provider;user\r\nMüller;acme;u1\r\nMüller;acme-2;v1\r\nMöller;acme;u2\r\nMöller;acme-2;v2\r\n'

const worlds = {
  acme: { users: [{ items: [{ id: 'u1' }, { id: 'u2' }] }] },
  'acme-2': { users: [{ items: [{ id: 'v1' }, { id: 'v2' }] }] },
}

const SAVE_AS = 'save it as UTF-8 (in Excel: "CSV UTF-8")'

/** What a spreadsheet in Western Europe writes by itself. */
const windows = (text: string): Buffer => Buffer.from(text, 'latin1')

const reportOn = async (people: Buffer) => {
  const folder = await newFolder()
  await writeFile(join(folder, 'people.csv'), people)
  const args = ['report', '--people', 'people.csv', '--by', 'user', '--format', 'csv']
  return run(args, { folder, worlds, configuration: acmes('acme', 'acme-2') })
}

describe('a file in another encoding', () => {
  // Of every encoding, and of what is no text: test/node/decode-text.test.ts.
  it('is read, as of UTF-16', async () => {
    const { code, stdout } = await reportOn(Buffer.from(`\ufeff${PEOPLE}`, 'utf16le'))
    expect({ code, people: stdout.trimEnd().split('\r\n').length - 1 }).toEqual({ code: 0, people: 2 })
  })

  it('never makes one person of two: Windows-1252 is refused by its line', async () => {
    expect(await reportOn(windows(PEOPLE))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `people.csv: cannot read the people file: not UTF-8 (line 2); ${SAVE_AS}\n`,
    })
  })
})

const NAME = 'Müller'

describe.each([
  ['a configuration', ['licenses', '--config', 'file'], JSON.stringify(acmes(NAME)), 'the configuration'],
  ['a list of changes', ['plan', '--file', 'file'], `user\n${NAME}`, 'the changes'],
  ['who is who', ['report', '--people', 'file'], PEOPLE, 'the people file'],
  ['suppressions', ['report', '--suppressions', 'file'], `rule,reason\n,${NAME}`, 'the suppressions'],
  ['facts', ['report', '--purchased', 'file'], `license,purchased\n${NAME},1`, 'what was purchased'],
  ['a baseline', ['check', '--fail-on', 'any', '--baseline', 'file'], JSON.stringify([NAME]), 'the baseline'],
  ['a plan', ['apply', 'file', '--yes'], JSON.stringify([NAME]), 'the plan'],
])('%s', (_, args, text, what) => {
  const refusalOf = async (content: Buffer) => {
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), content)
    const { code, stdout, stderr } = await run(args, { folder })
    return { code, stdout, stderr }
  }

  it('is refused by name where it is Windows-1252', async () => {
    const { code, stdout, stderr } = await refusalOf(windows(text))
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`file: cannot read ${what}: not UTF-8 (line `)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stderr).toContain(SAVE_AS)
  })

  it('is refused where there is nothing in it but a mark and white space', async () => {
    const nothing = `file: cannot read ${what}: there is nothing in it\n`
    expect(await refusalOf(Buffer.from('\ufeff \r\n\n'))).toEqual({ code: 2, stdout: '', stderr: nothing })
  })
})

describe('a name that stands twice in one object', () => {
  it('of a configuration is a mistake: the first organization would be gone without a word', async () => {
    const configuration = '{"providers": [{"id": "acme", "type": "acme", "token": "sesame"}],\n "providers": []}'
    expect(await run(['licenses'], { configuration })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'seatlens.json:2:2: expected each name once in an object, found "providers" again; keep one of them\n',
    })
  })

  it('of a list is a mistake too', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'people.json'), '[{"person": "a", "provider": "acme", "user": "u1", "user": "u2"}]')
    const { code, stderr } = await run(['report', '--people', 'people.json'], { folder })
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('people.json:1:52: ') })
  })
})

describe('a journal', () => {
  it.each([
    ['nowhere', 'there is no such file'],
    ['.', 'it is not a file'],
  ])('that is not there is told as one that cannot be read: %s', async (name, problem) => {
    expect(await run(['undo', name, '--yes'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `${name}: cannot read the journal: ${problem}; expected the file that "seatlens apply" has written, PLAN.journal\n`,
    })
  })

  it('in another encoding than ours is refused, and stays as it is', async () => {
    const folder = await newFolder()
    const journal = Buffer.concat([Buffer.from('{"entry":"begin"}\n'), windows(`{"entry":"${NAME}"}\n`)])
    await writeFile(join(folder, 'journal'), journal)
    expect(await run(['undo', 'journal', '--yes'], { folder })).toMatchObject({
      code: 2,
      stderr: 'journal: not a journal: line 2: not UTF-8\n',
    })
    expect(await readFile(join(folder, 'journal'))).toEqual(journal)
  })
})
