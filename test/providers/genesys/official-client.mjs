/**
 * Reads a Genesys Cloud organization with the vendor's own client, changes it, and prints what it read as JSON.
 * Arguments: the folder where the client is installed, and the port of a simulator. The credentials come by environment.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [folder = '', port = ''] = process.argv.slice(2)
const platformClient = createRequire(join(folder, 'package.json'))('purecloud-platform-client-v2')

const client = platformClient.ApiClient.instance
client.setGateway({ protocol: 'http', host: '127.0.0.1', port: Number(port) })
await client.loginClientCredentialsGrant(process.env.SIMULATOR_CLIENT_ID, process.env.SIMULATOR_CLIENT_SECRET)

const licenses = new platformClient.LicenseApi()
const users = new platformClient.UsersApi()

const definitions = await licenses.getLicenseDefinitions()
const everyPage = async (list) => {
  const entities = []
  for (let pageNumber = 1; ; pageNumber++) {
    const page = await list(pageNumber)
    entities.push(...page.entities)
    if (pageNumber >= page.pageCount) return entities
  }
}
const rows = await everyPage((pageNumber) => licenses.getLicenseUsers({ pageSize: 100, pageNumber }))
const directory = await everyPage((pageNumber) => users.getUsers({ pageSize: 500, pageNumber, state: 'any' }))
const ids = rows.slice(0, 2).map(({ id }) => id)
const change = { licenseId: definitions.at(-1).id, userIdsAdd: [ids[0]], userIdsRemove: [] }
const refused = await licenses.getLicenseDefinition('nothing').catch((error) => error)

const result = {
  definitions: definitions.map(({ id }) => id),
  definition: (await licenses.getLicenseDefinition(definitions[0].id)).id,
  rows: rows.map(({ id, licenses: held }) => ({ id, licenses: held })),
  directory: directory.map(({ id }) => id),
  one: (await licenses.getLicenseUser(ids[0])).licenses.map(({ id }) => id),
  batch: Object.keys(await licenses.postLicenseUsers({ body: ids })),
  someUsers: (await users.getUsers({ id: ids, state: 'any' })).entities.map(({ id }) => id),
  queried: (await users.getUsersQuery({ pageSize: 10, state: 'any' })).entities.length,
  organization: (await new platformClient.OrganizationApi().getOrganizationsMe()).id,
  toggle: (await licenses.getLicenseToggle('anything')).enabled,
  changed: await licenses.postLicenseOrganization({ body: { assignments: [change] } }),
  refused: { status: refused.status, code: refused.code },
}
// The client keeps its sockets open, so that the process would not end by itself.
process.stdout.write(JSON.stringify(result), () => process.exit(0))
