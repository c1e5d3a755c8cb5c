import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { createGenesysCredentials, createGenesysProvider } from '../../providers/genesys/index.ts'
import { startGenesysSimulator } from '../../providers/genesys/simulator/index.ts'
import { createWebexCredentials, createWebexProvider } from '../../providers/webex/index.ts'
import { startWebexSimulator } from '../../providers/webex/simulator/index.ts'
import { type Credentials, isLicenseException, type LicenseProvider, toPromise } from '../../src/provider-kit/index.ts'
import { echo } from './echo.ts'
import { leaksIn } from './findings.ts'
import { watchedFetch } from './watched-fetch.ts'

const stops: (() => Promise<void>)[] = []
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())))

interface Staged {
  readonly provider: LicenseProvider
  readonly credentials: Credentials
  readonly secrets: () => readonly string[]
}

/** Everybody may see what is asked for there; the rest of the API repeats the credentials. */
const fault = (path: string, status: number) => ({ match: { path }, effect: echo(status) })

const genesys = async (status: number): Promise<Staged> => {
  const simulator = await startGenesysSimulator({ users: 10, faults: [fault('/api/v2/*', status)] })
  stops.push(simulator.destroy)
  const { configuration } = simulator
  const { fetch, carried } = watchedFetch([])
  const credentials = createGenesysCredentials(configuration, { fetch })
  return {
    provider: createGenesysProvider(configuration, { fetch, credentials }),
    credentials,
    secrets: () => [configuration.clientSecret, ...carried],
  }
}

const webex = async (status: number): Promise<Staged> => {
  const simulator = await startWebexSimulator({
    users: 10,
    faults: ['/v1/licenses', '/v1/people'].map((path) => fault(path, status)),
  })
  stops.push(simulator.destroy)
  const configuration = simulator.refreshConfiguration
  const { fetch, carried } = watchedFetch([])
  const credentials = createWebexCredentials(configuration, { fetch })
  return {
    provider: createWebexProvider(configuration, { fetch, credentials }),
    credentials,
    secrets: () => [
      configuration.clientSecret,
      configuration.refreshToken,
      simulator.tokens.refreshToken(),
      ...carried,
    ],
  }
}

const thrownBy = async (promise: Promise<unknown>): Promise<Error> => {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (thrown instanceof Error && isLicenseException(thrown)) return thrown
  throw new Error(`not a LicenseException: ${inspect(thrown)}`)
}

const readAll = async (list: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of list);
}

/** In all the ways in which somebody may come to print it. */
const printed = (value: unknown): readonly string[] => [
  inspect(value, { depth: null, showHidden: true, getters: true }),
  String(value),
  JSON.stringify(value) ?? '',
  ...(value instanceof Error ? [value.stack ?? '', value.message, JSON.stringify(Object.entries(value))] : []),
]

describe.each([
  { vendor: 'genesys', stage: genesys },
  { vendor: 'webex', stage: webex },
])('what $vendor makes us throw when it repeats the credentials', ({ stage }) => {
  test.each([400, 401, 403, 404, 409])('in a %i names none of them, however it is printed', async (status) => {
    const { provider, secrets } = await stage(status)
    const thrown = [
      await thrownBy(readAll(provider.listLicenses())),
      await thrownBy(readAll(provider.listUsers())),
      await thrownBy(toPromise(provider.getUser({ email: 'ada@example.com' }))),
    ]
    // What the vendor said is there, but for that.
    expect(printed(thrown[0]).join()).toContain('***')
    expect(secrets().length).toBeGreaterThan(2)
    expect(leaksIn(thrown.flatMap(printed), secrets())).toEqual([])
  })
})

test.each([genesys, webex])('a provider and its credentials show no secret when they are printed', async (stage) => {
  const { provider, credentials, secrets } = await stage(403)
  await provider.getUser({ id: 'ada' })()
  expect(leaksIn([...printed(provider), ...printed(credentials)], secrets())).toEqual([])
})
