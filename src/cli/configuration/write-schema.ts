import { mkdir, writeFile } from 'node:fs/promises'
import { registry } from '../registry.ts'
import { configurationReference } from './configuration-reference.ts'
import { configurationSchema } from './configuration-schema.ts'

// Run from the root of the package, after a build: npm run schema
const definitions = await Promise.all(registry.map((entry) => entry.load()))
await mkdir('schema', { recursive: true })
await writeFile('schema/seatlens.schema.json', `${JSON.stringify(configurationSchema(definitions), null, 2)}\n`)
await writeFile('docs/administrators/configuration-reference.md', configurationReference(definitions))
