import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { KEYS, newFolder, withPostgres } from './support/fleet.ts'

const here = join(import.meta.dirname, '..')
const root = join(here, '..', '..')
const textOf = (file: string) => readFileSync(join(here, file), 'utf8')

interface Service {
  readonly env_file?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly entrypoint?: string
  readonly command?: readonly string[]
}
const compose: { services: Readonly<Record<string, Service>>; volumes: object } = parse(textOf('compose.yaml'), {
  merge: true,
})
const readme = textOf('README.md')
const configuration = /```json\n([\s\S]*?)\n```/.exec(readme)?.[1] ?? ''
const variables = [...configuration.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name = '']) => name)
const folders = [...new Set([...readme.matchAll(/"folder": "([^"]+)"/g)].flatMap(([, folder = '']) => folder))]
const example = [...textOf('.env.example').matchAll(/^(\w+)=/gm)].flatMap(([, name = '']) => name)

/** Instructions of the Dockerfile, their continued lines joined. */
const instructions = textOf('Dockerfile')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const wordsOf = (wanted: string) =>
  instructions.flatMap((line) => (line.startsWith(`${wanted} `) ? [line.slice(wanted.length + 1)] : []))

describe.each(['worker', 'page'])('the service %s', (name) => {
  const { env_file, environment = {}, volumes = [], command = [] } = compose.services[name] ?? {}

  test("has the variables of the README's configuration, and those of the fleet, of which none is written there", () => {
    expect(env_file).toBe('.env')
    const had = [...example, ...Object.keys(environment)]
    expect(variables.length).toBeGreaterThan(5)
    expect(had).toEqual(expect.arrayContaining([...variables, 'DATABASE_URL', 'FLEET_TOKEN_KEYS', 'AWS_ACCESS_KEY_ID']))
    // What compose itself is asked for is in the same file.
    const asked = [...textOf('compose.yaml').matchAll(/\$\{(\w+):\?\}/g)].flatMap(([, variable = '']) => variable)
    expect(example).toEqual(expect.arrayContaining(asked))
    expect(textOf('.env.example')).not.toMatch(/^\w+=./m)
    expect(textOf('.gitignore').split('\n')).toEqual(expect.arrayContaining(['.env', 'fleet.json']))
  })

  test("has each folder of the README's configuration on a volume that stays, which its user may write to", () => {
    expect(folders).toEqual(expect.arrayContaining(['snapshots', 'lake']))
    const config = command[command.indexOf('--config') + 1] ?? ''
    expect(volumes).toContain(`./fleet.json:${config}:ro`)
    const made = wordsOf('RUN').join(' ')
    for (const folder of folders) {
      const place = join(dirname(config), folder)
      const [volume] = volumes.filter((one) => one.endsWith(`:${place}`)).map((one) => one.split(':')[0] ?? '')
      expect(Object.keys(compose.volumes)).toContain(volume)
      expect(made).toMatch(new RegExp(`mkdir -p .*${place}\\b.* && chown -R node:node ${dirname(config)}`))
    }
  })
})

describe('the image', () => {
  const { newDatabase } = withPostgres()
  const ignored = textOf('Dockerfile.dockerignore').split('\n')
  const given = ignored.flatMap((line) => /^!(.+)$/.exec(line)?.slice(1) ?? [])

  test('takes no secret, does not run as root, and starts without a shell in between', () => {
    expect(ignored).toContain('*')
    expect(ignored).toEqual(expect.arrayContaining(['**/.env', '**/fleet.json', '**/node_modules']))
    expect(given.filter((path) => !existsSync(join(root, path)))).toEqual([])
    expect(wordsOf('ARG')).toEqual([])
    expect(wordsOf('ENV')).toEqual(['NODE_ENV=production'])
    expect(wordsOf('USER')).toEqual(['node'])
    const rest = instructions.slice(instructions.indexOf('USER node') + 1).map((line) => line.split(' ')[0])
    expect(rest).toEqual(['WORKDIR', 'ENTRYPOINT', 'CMD'])
    const { engines } = JSON.parse(textOf('package.json'))
    const oldest = Number(/\d+/.exec(engines.node)?.[0])
    const bases = wordsOf('FROM').map((words) => Number(/^node:(\d+)-alpine\b/.exec(words)?.[1]))
    expect(bases).toHaveLength(2)
    for (const version of bases) expect(version).toBeGreaterThanOrEqual(oldest)
    const installs = wordsOf('RUN').flatMap((words) => words.match(/npm (ci|install|prune)[^&]*/g) ?? [])
    expect(installs).toHaveLength(4)
    for (const install of installs) expect(install).toMatch(/^npm (ci|prune) .*--ignore-scripts/)
  })

  test('has this package built of what it is given', async () => {
    const folder = await newFolder()
    const filter = (path: string) =>
      !['node_modules', 'dist', 'fleet.json', '.env'].includes(basename(path)) && !/\.test\.ts$/.test(path)
    cpSync(here, join(folder, 'examples', 'fleet'), { recursive: true, filter })
    // The package was built before these tests, and what it is built of is what its own image is given.
    const ofTheRoot = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
    expect(given.map((path) => `!${path}`)).toEqual(expect.arrayContaining(ofTheRoot))
    for (const path of ['dist', 'node_modules', 'package.json']) symlinkSync(join(root, path), join(folder, path))
    symlinkSync(join(here, 'node_modules'), join(folder, 'examples', 'fleet', 'node_modules'))
    execFileSync('npm', ['run', 'build'], { cwd: join(folder, 'examples', 'fleet'), stdio: 'pipe' })
    expect(existsSync(join(folder, 'examples', 'fleet', 'dist', 'src', 'main.js'))).toBe(true)
  })

  test("has what its entry point needs, and takes the README's configuration", async () => {
    const image = await newFolder()
    for (const words of wordsOf('COPY')) {
      const [, ...paths] = words.startsWith('--from=build ') ? words.split(' ') : []
      const to = paths.pop() ?? ''
      for (const from of paths) {
        const source = join(root, from.replace(/^\/build\/seatlens\//, ''))
        expect(existsSync(source), from).toBe(true)
        const target = join(image, to.endsWith('/') ? join(to, basename(from)) : to)
        mkdirSync(dirname(target), { recursive: true })
        if (basename(from) !== 'node_modules') cpSync(source, target, { recursive: true })
        else {
          mkdirSync(target)
          // As Docker copies a link: where it leads to is then in the image.
          const linkOf = (name: string) => (name === 'seatlens' ? readlinkSync(join(source, name)) : join(source, name))
          for (const name of readdirSync(source)) symlinkSync(linkOf(name), join(target, name))
        }
      }
    }
    // `npm ci` of the last stage.
    symlinkSync(join(root, 'node_modules'), join(image, 'app', 'node_modules'))
    const [program = '', main = ''] = JSON.parse(wordsOf('ENTRYPOINT')[0] ?? '')
    const run = (args: readonly string[], env: NodeJS.ProcessEnv) =>
      spawnSync(program, [join(image, main), ...args], { encoding: 'utf8', env: { PATH: process.env.PATH, ...env } })
    expect(run([], {})).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: node dist/src/main.js') })

    const config = join(image, 'fleet.json')
    writeFileSync(config, configuration)
    const filled = Object.fromEntries(example.map((name) => [name, `the-${name.toLowerCase()}`]))
    const env = { ...filled, DATABASE_URL: await newDatabase(), FLEET_TOKEN_KEYS: KEYS }
    const { status, stdout, stderr } = run(['check', '--config', config], env)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ event: 'checked', credentials: 2, organizations: 2 })
    const [, ...missing] = run(['check', '--config', config], { DATABASE_URL: env.DATABASE_URL }).stderr.split(': ')
    expect(missing.join(': ')).toContain(`not set in the environment: ${variables.join(', ')}`)
  })
})
