import { execFile } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { startGenesysSimulator } from '../../../providers/genesys/simulator/index.ts'

const run = promisify(execFile)

const CLIENT = 'purecloud-platform-client-v2'
const VERSION = '262.0.0'
/** Kept between runs: the client is 33 MB. */
const folder = join(tmpdir(), `seatlens-official-client-${VERSION}`)
const script = fileURLToPath(new URL('official-client.mjs', import.meta.url))

/** Why the client cannot be had, or undefined where it is there. */
const install = async (): Promise<string | undefined> => {
  if (existsSync(join(folder, 'node_modules', CLIENT, 'package.json'))) return undefined
  mkdirSync(folder, { recursive: true })
  const options = ['--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts']
  try {
    await run('npm', ['install', ...options, `${CLIENT}@${VERSION}`])
    return undefined
  } catch (error) {
    return `${CLIENT} ${VERSION} could not be installed into ${folder}: ${String(error)}`
  }
}

it("the vendor's own client reads the simulator and changes it", { timeout: 180_000 }, async (context) => {
  if (process.env.SEATLENS_OFFICIAL_CLIENT !== '1') {
    context.skip(`set SEATLENS_OFFICIAL_CLIENT=1 to install ${CLIENT} into a temporary folder and run it`)
  }
  const problem = await install()
  if (problem !== undefined) context.skip(problem)

  const { url, configuration, organization, destroy } = await startGenesysSimulator({ users: 1234 })
  const truth = [...organization.users()]
  try {
    const { stdout } = await run(process.execPath, [script, folder, new URL(url).port], {
      env: {
        ...process.env,
        SIMULATOR_CLIENT_ID: configuration.clientId,
        SIMULATOR_CLIENT_SECRET: configuration.clientSecret,
      },
      maxBuffer: 10_000_000,
    })
    const listed = truth.filter((user) => user.listed).map(({ id, licenseIds }) => ({ id, licenses: licenseIds }))
    const definitions = organization.definitions.flatMap((definition) => ('id' in definition ? [definition.id] : []))
    const [first, second] = listed
    expect(JSON.parse(stdout)).toEqual({
      definitions,
      definition: definitions[0],
      rows: listed,
      directory: truth.filter(({ record }) => record !== undefined).map(({ id }) => id),
      one: first?.licenses,
      batch: [first?.id, second?.id],
      someUsers: [first?.id, second?.id],
      queried: 10,
      organization: organization.id,
      toggle: true,
      changed: [{ userId: first?.id, licenseId: definitions.at(-1), result: 'SUCCESS' }],
      refused: { status: 404, code: 'not.found' },
    })
    expect(organization.licensesOf(first?.id ?? '')).toContain(definitions.at(-1))
  } finally {
    await destroy()
  }
})
