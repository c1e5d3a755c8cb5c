// A simulated organization of each vendor, and a folder in which the tools find it.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dist } from '../measure.mjs'

export const TEAM = 100

const genesys = async (options) => {
  const { startGenesysSimulator } = await import(join(dist, 'providers/genesys/simulator/index.js'))
  const simulator = await startGenesysSimulator(options)
  const { organization } = simulator
  const license = organization.definitions.at(-1).id
  const people = [...organization.users()].filter(({ record }) => record?.state === 'active' && record.email)
  return {
    simulator,
    license,
    team: people.filter(({ licenseIds }) => !licenseIds.includes(license)).map(({ record }) => record.email),
    wrong: { clientSecret: 'wrong' },
  }
}

const webex = async (options) => {
  const { startWebexSimulator } = await import(join(dist, 'providers/webex/simulator/index.js'))
  const simulator = await startWebexSimulator(options)
  const { organization } = simulator
  // The one that most people hold: its holders are several pages.
  const license = organization.licenses.find(({ name }) => name === 'Advanced Messaging').id
  return {
    simulator,
    license,
    team: [...organization.users()]
      .filter(
        ({ licenseIds, person: { type, invitePending, email } }) =>
          type !== 'EXTERNAL' && !invitePending && email && !licenseIds.includes(license),
      )
      .map(({ person }) => person.email),
    wrong: { accessToken: 'wrong' },
  }
}

/** The configuration of `gc`: a gateway, as a company has it before the vendor, is where it finds the simulator. */
const profileOf = ({ apiUrl, clientId, clientSecret }, name, secret = clientSecret) => `[${name}]
environment="mypurecloud.com"
client_credentials="${clientId}"
client_secret="${secret}"
gateway_protocol="http"
gateway_host="127.0.0.1"
gateway_port="${new URL(apiUrl).port}"
`

export const vendors = { genesys, webex }

/** Starts the vendor's simulator, and writes what each tool needs into the folder. */
export const openWorld = async (vendor, folder, options) => {
  const { simulator, license, team, wrong } = await vendors[vendor](options)
  const { configuration } = simulator
  const [email] = team
  const organization = { id: vendor, type: vendor, ...configuration }
  const configure = (...more) =>
    writeFile(join(folder, 'seatlens.json'), JSON.stringify({ providers: [organization, ...more] }))
  await configure()
  await writeFile(join(folder, 'team.csv'), `user\n${team.slice(0, TEAM).join('\n')}\n`)
  if (vendor === 'genesys') {
    await mkdir(join(folder, '.gc'))
    const profiles = ['DEFAULT', 'two'].map((name) => profileOf(configuration, name))
    const text = [...profiles, profileOf(configuration, 'one', 'wrong')].join('\n')
    await writeFile(join(folder, '.gc', 'config.toml'), text, { mode: 0o600 })
  } else await writeFile(join(folder, 'tokens'), `wrong\n${configuration.accessToken}\n`)
  const words = { LICENSE: license, EMAIL: email, NINETY: '900' }
  return {
    simulator,
    license,
    fill: (text) => text.replaceAll(/\b(?:LICENSE|EMAIL|NINETY)\b/g, (word) => words[word]),
    /** A second organization, whose credentials are wrong, comes first. */
    addWrong: () => configure({ ...organization, id: `${vendor}-2`, ...wrong }),
    env: {
      HOME: folder,
      WEBEX_API_URL: configuration.apiUrl ?? '',
      WEBEX_ACCESS_TOKEN: configuration.accessToken ?? '',
    },
    requests: () => [...simulator.requests.byRoute().values()].reduce((sum, some) => sum + some, 0),
  }
}
