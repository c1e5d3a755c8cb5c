import S3rver from 's3rver'
import { onTestFinished } from 'vitest'
import { newFolder } from './fleet.ts'
import { newFront } from './front.ts'

export interface TestBucket {
  readonly settings: { readonly bucket: string; readonly prefix: string; readonly endpoint: string }
  /** From now on, or no longer, there is no room in it. */
  readonly setFull: (isFull: boolean) => void
  /** Of the next request to write a file with this name: resolves to what lets it go on, once it is there. */
  readonly hold: (name: string) => Promise<() => void>
}

const xml = { 'content-type': 'application/xml' }

/** A server that speaks like S3, with a front that knows conditions of writing, and can say that it is full, as MinIO does. */
export const newBucket = async (): Promise<TestBucket> => {
  const directory = await newFolder()
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'fleet', configs: [] }],
  })
  const { port } = await server.run()
  onTestFinished(() => server.close())
  let isFull = false
  let held: { readonly name: string; readonly here: (goOn: () => void) => void } | undefined
  const tags = new Map<string, string | undefined>()
  const pathOf = (url: string) => url.split('?')[0] ?? url
  const { origin } = await newFront(port, {
    meet: async (method, url, headers, answer) => {
      if (method !== 'PUT') return false
      if (held !== undefined && pathOf(url).endsWith(`/${held.name}`)) {
        const { here } = held
        held = undefined
        await new Promise<void>((goOn) => here(goOn))
      }
      const tag = tags.get(pathOf(url))
      const { 'if-match': wanted, 'if-none-match': unwanted } = headers
      if ((unwanted === '*' && tag !== undefined) || (wanted !== undefined && wanted !== tag)) {
        answer.writeHead(412, xml).end('<Error><Code>PreconditionFailed</Code><Message>no</Message></Error>')
        return true
      }
      if (!isFull) return false
      answer.writeHead(507, xml).end('<Error><Code>XMinioStorageFull</Code><Message>full</Message></Error>')
      return true
    },
    answered: async (method, url, { headers }) => {
      if (method === 'PUT') tags.set(pathOf(url), headers.etag)
    },
  })
  // s3rver takes these of anybody.
  process.env.AWS_ACCESS_KEY_ID = 'S3RVER'
  process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER'
  return {
    settings: { bucket: 'fleet', prefix: 'snapshots', endpoint: origin },
    setFull: (full) => {
      isFull = full
    },
    hold: (name) =>
      new Promise((here) => {
        held = { name, here }
      }),
  }
}
