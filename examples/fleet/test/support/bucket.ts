import S3rver from 's3rver'
import { onTestFinished } from 'vitest'
import { newFolder } from './fleet.ts'
import { newFront } from './front.ts'

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
  onTestFinished(() => server.close())
  let isFull = false
  const { origin } = await newFront(port, {
    meet: (method, _, __, answer) => {
      if (!isFull || method !== 'PUT') return false
      answer.writeHead(507, { 'content-type': 'application/xml' })
      answer.end('<Error><Code>XMinioStorageFull</Code><Message>full</Message></Error>')
      return true
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
  }
}
