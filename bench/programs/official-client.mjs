// Reads the same pages with the vendor's own client, one after the other, as it has no paging of its own.
import { createRequire } from 'node:module'

const { apiUrl, clientId, clientSecret } = JSON.parse(process.argv[2])
const platformClient = createRequire(import.meta.url)('purecloud-platform-client-v2')
const client = platformClient.ApiClient.instance
client.setGateway({ protocol: 'http', host: '127.0.0.1', port: Number(new URL(apiUrl).port) })
await client.loginClientCredentialsGrant(clientId, clientSecret)

const licenses = new platformClient.LicenseApi()
const users = new platformClient.UsersApi()
const everyPage = async (list) => {
  let count = 0
  for (let pageNumber = 1; ; pageNumber++) {
    const page = await list(pageNumber)
    count += page.entities.length
    if (pageNumber >= page.pageCount) return count
  }
}
const count = await everyPage((pageNumber) => licenses.getLicenseUsers({ pageSize: 100, pageNumber }))
const expand = ['dateLastLogin', 'lasttokenissued']
await everyPage((pageNumber) => users.getUsers({ pageSize: 500, pageNumber, state: 'any', expand }))
// The client keeps its sockets open, so that the process would not end by itself.
process.stdout.write(`${count}\n`, () => process.exit(0))
