import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import * as E from 'fp-ts/lib/Either.js'
import { MANIFEST_FILE, readSnapshot } from 'seatlens'
import type { StoreSettings } from '../settings.ts'
import type { SnapshotStore } from './snapshot-store.ts'

type BucketSettings = Exclude<StoreSettings, { readonly folder: string }>

/** What the service says, without what was sent to it. */
const reasonOf = (thrown: unknown): string =>
  thrown instanceof S3ServiceException
    ? `${thrown.name}${thrown.$metadata.httpStatusCode === undefined ? '' : ` (${thrown.$metadata.httpStatusCode})`}`
    : thrown instanceof Error
      ? thrown.message || thrown.name
      : String(thrown)

/**
 * Snapshots in a bucket of S3, or of what speaks like it (`endpoint`). Credentials come from where the SDK takes them: the
 * environment, a file, the machine's role. The manifest is written last: without it, there is no snapshot.
 */
export const createBucketStore = ({
  bucket,
  prefix = '',
  endpoint,
  region = 'us-east-1',
}: BucketSettings): SnapshotStore => {
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    // Not all that speak like S3 know the checksums that are sent by default. Snapshots have their own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const keyOf = (place: string, name: string) => `${prefix === '' ? '' : `${prefix}/`}${place}/${name}`
  const orReason = <A>(what: string, work: Promise<A>): Promise<A> =>
    work.catch((thrown: unknown) => {
      throw new Error(`bucket ${bucket}: ${what}: ${reasonOf(thrown)}`)
    })
  return {
    find: async (place) => {
      const folder = keyOf(place, '')
      const listed = await orReason(
        `${folder} could not be listed`,
        client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: folder })),
      )
      const names = (listed.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(folder.length)]))
      if (!names.includes(MANIFEST_FILE)) return undefined
      const snapshot = await readSnapshot({
        list: async () => names,
        read: async (name) => {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(place, name) }))
          if (Body === undefined) throw new Error('it is empty')
          return Body.transformToByteArray()
        },
      })()
      if (E.isLeft(snapshot)) throw new Error(`bucket ${bucket}: ${folder}: ${snapshot.left.message}`)
      return snapshot.right
    },
    write: async (place, { files }, signal) => {
      for (const [name, parts] of files) {
        const key = keyOf(place, name)
        await orReason(
          `${key} could not be written`,
          client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.concat(parts) }), {
            abortSignal: signal,
          }),
        )
      }
    },
  }
}
