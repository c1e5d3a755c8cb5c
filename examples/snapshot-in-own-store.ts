import { createLicenseReport, readSnapshot, takeSnapshot, toPromise } from 'seatlens'
import { providers } from './providers.ts'

// A store of your own: an object storage, a database. Here: a map.
const store = new Map<string, Uint8Array>()

// The files come in the order in which to write them. The last one is the manifest: without it, there is no snapshot.
const { files } = await toPromise(takeSnapshot(providers))
for (const [name, parts] of files) store.set(`2026-11/${name}`, Buffer.concat(parts))

// `list` names what is there, `read` gives the content of one file. Every byte is checked before anything is shown.
const snapshot = await toPromise(
  readSnapshot({
    list: async () => [...store.keys()].map((key) => key.replace('2026-11/', '')),
    read: async (name) => {
      const content = store.get(`2026-11/${name}`)
      if (content === undefined) throw new Error('it is not in the store')
      return content
    },
  }),
)
const report = await createLicenseReport({ clock: snapshot.clock })(snapshot.providers)()
console.log('kept', files.size, 'files with', report.licenses.length, 'licenses')
