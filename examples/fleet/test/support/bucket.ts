import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import S3rver from 's3rver'
import { onTestFinished } from 'vitest'
import { newFolder } from './fleet.ts'

export interface TestBucket {
  readonly settings: { readonly bucket: string; readonly prefix: string; readonly endpoint: string }
  /** From now on, or no longer, there is no room in it. */
  readonly setFull: (isFull: boolean) => void
}

/** A server that speaks like S3, with a front that can say that it is full, as MinIO does. */
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
  let isFull = false
  const front = createServer((incoming, outgoing) => {
    if (isFull && incoming.method === 'PUT') {
      incoming.resume()
      outgoing.writeHead(507, { 'content-type': 'application/xml' })
      outgoing.end('<Error><Code>XMinioStorageFull</Code><Message>full</Message></Error>')
      return
    }
    const { method, url, headers } = incoming
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    front.closeAllConnections()
    front.close()
    await server.close()
  })
  // s3rver takes these of anybody.
  process.env.AWS_ACCESS_KEY_ID = 'S3RVER'
  process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER'
  const { port: frontPort } = front.address() as AddressInfo
  return {
    settings: { bucket: 'fleet', prefix: 'snapshots', endpoint: `http://127.0.0.1:${frontPort}` },
    setFull: (full) => {
      isFull = full
    },
  }
}
