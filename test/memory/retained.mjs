// What a list costs while it is read: run with --expose-gc on the built package, prints JSON.
import { createGenesysProvider } from 'seatlens/genesys'
import { createWebexProvider } from 'seatlens/webex'

const { GENESYS, WEBEX } = process.env
const providers = {
  genesys: createGenesysProvider(JSON.parse(GENESYS)),
  webex: createWebexProvider({ ...JSON.parse(WEBEX), userSource: 'people' }),
}

const heap = () => {
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

/** Bytes that are alive when the last page has come, per user, over those alive when the first page had. */
const perUser = async (list, keep) => {
  const kept = []
  let users = 0
  let first
  for await (const page of list.pages()) {
    if (page._tag === 'Left') throw new Error(page.left.message)
    users += page.right.items.length
    if (keep) kept.push(page.right.items)
    first ??= { heap: heap(), users }
  }
  const bytes = (heap() - first.heap) / (users - first.users)
  // Used until here, so that it was alive when the heap was measured.
  kept.length = 0
  return bytes
}

const figures = {}
for (const [name, provider] of Object.entries(providers)) {
  await perUser(provider.listUsers(), false)
  figures[name] = {
    streamed: Math.round(await perUser(provider.listUsers(), false)),
    kept: Math.round(await perUser(provider.listUsers(), true)),
  }
}
console.log(JSON.stringify(figures))
