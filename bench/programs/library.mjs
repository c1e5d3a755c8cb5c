// Reads all users of one provider by the library: node library.mjs genesys|webex CONFIGURATION. Prints how many there are.
import { join } from 'node:path'
import { dist } from '../measure.mjs'

const [type, text] = process.argv.slice(2)
const { type: _, ...configuration } = JSON.parse(text)
const vendor = await import(join(dist, 'providers', type, 'index.js'))
const provider = (type === 'genesys' ? vendor.createGenesysProvider : vendor.createWebexProvider)(configuration)
let count = 0
for await (const { id } of provider.listUsers({ allowPartial: false })) if (id !== '') count++
console.log(count)
