// Reads all users of one provider by the library: node library.mjs genesys|webex CONFIGURATION [fetch]. Prints how many there are.
// Over Node's own HTTP client, as the command line does; with `fetch`, over the global one, which is the default of the library.
import { join } from 'node:path'
import { dist } from '../measure.mjs'

const [type, text, way] = process.argv.slice(2)
const { type: _, ...configuration } = JSON.parse(text)
const vendor = await import(join(dist, 'providers', type, 'index.js'))
const runtime =
  way === 'fetch' ? {} : { fetch: (await import(join(dist, 'src', 'node', 'index.js'))).createNodeFetch() }
const provider = (type === 'genesys' ? vendor.createGenesysProvider : vendor.createWebexProvider)(
  configuration,
  runtime,
)
let count = 0
for await (const { id } of provider.listUsers({ allowPartial: false })) if (id !== '') count++
console.log(count)
