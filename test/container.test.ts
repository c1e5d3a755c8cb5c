import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'

const root = join(import.meta.dirname, '..')
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const manifest: { bin: { seatlens: string }; engines: { node: string } } = JSON.parse(textOf('package.json'))

/** One instruction of the Dockerfile, its continued lines joined. */
const instructions = textOf('Dockerfile')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [, name = '', words = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    return { name, words }
  })
const wordsOf = (wanted: string) => instructions.flatMap(({ name, words }) => (name === wanted ? [words] : []))

/** What the build is given of the repository. */
const given = textOf('.dockerignore')
  .split('\n')
  .flatMap((line) => /^!(.+)$/.exec(line)?.slice(1) ?? [])

describe('the image', () => {
  it('is built of a Node that the package asks for, in both stages', () => {
    const oldest = Number(/\d+/.exec(manifest.engines.node)?.[0])
    const bases = wordsOf('FROM').map((words) => Number(/^node:(\d+)-alpine\b/.exec(words)?.[1]))
    expect(bases).toHaveLength(2)
    expect(bases.every((version) => version >= oldest)).toBe(true)
  })

  it('does not run as root', () => {
    expect(wordsOf('USER')).toEqual(['node'])
    const after = instructions.slice(instructions.findIndex(({ name }) => name === 'USER') + 1)
    expect(after.map(({ name }) => name)).toEqual(['WORKDIR', 'ENTRYPOINT', 'CMD'])
  })

  it('starts the command line without a shell in between, so that it gets the signals', () => {
    expect(wordsOf('ENTRYPOINT').map((words) => JSON.parse(words))).toEqual([['node', `/app/${manifest.bin.seatlens}`]])
  })

  it('has what is locked, and runs no script of a package', () => {
    const installs = wordsOf('RUN').flatMap((words) => words.match(/npm (ci|install)[^&]*/g) ?? [])
    expect(installs.map((words) => words.trim().replaceAll(/\s+/g, ' '))).toEqual([
      'npm ci --ignore-scripts',
      'npm ci --omit=dev --ignore-scripts',
    ])
  })

  it('takes no secret: the build is given a list of files, and sets no variable but one', () => {
    expect(textOf('.dockerignore')).toMatch(/^\*$/m)
    expect(wordsOf('ARG')).toEqual([])
    expect(wordsOf('ENV')).toEqual(['NODE_ENV=production'])
    expect(given.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('can be built of what it is given', () => {
    const folder = mkdtempSync(join(tmpdir(), 'seatlens-image-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    // As .dockerignore says: what examples have installed is not given.
    const filter = (path: string) => basename(path) !== 'node_modules'
    for (const path of given) cpSync(join(root, path), join(folder, path), { recursive: true, filter })
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    execFileSync('npm', ['run', 'build'], { cwd: folder, stdio: 'pipe' })
    const copied = wordsOf('COPY').flatMap((words) => /^--from=build \/build\/(\S+)/.exec(words)?.slice(1) ?? [])
    expect(copied.filter((path) => !existsSync(join(folder, path)))).toEqual([])
    const version = execFileSync('node', [manifest.bin.seatlens, '--version'], { cwd: folder, encoding: 'utf8' })
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/)
  }, 300_000)
})
