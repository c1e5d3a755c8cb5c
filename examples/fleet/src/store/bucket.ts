import {
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { StoreSettings } from '../settings.ts'

export type BucketSettings = Exclude<StoreSettings, { readonly folder: string }>

export interface Bucket {
  /** The paths of all objects in a folder, from there on. */
  readonly list: (folder: string) => Promise<readonly string[]>
  readonly read: (path: string) => Promise<Uint8Array>
  readonly write: (path: string, content: Uint8Array, signal: AbortSignal) => Promise<void>
}

const all = async <A>(parts: AsyncIterable<A>): Promise<readonly A[]> => {
  const found: A[] = []
  for await (const part of parts) found.push(part)
  return found
}

/** What the service says, without what was sent to it. */
const reasonOf = (thrown: unknown): string =>
  thrown instanceof S3ServiceException
    ? `${thrown.name}${thrown.$metadata.httpStatusCode === undefined ? '' : ` (${thrown.$metadata.httpStatusCode})`}`
    : thrown instanceof Error
      ? thrown.message || thrown.name
      : String(thrown)

/**
 * A bucket of S3, or of what speaks like it (`endpoint`). Credentials come from where the SDK takes them: the environment, a
 * file, the machine's role. Rejects with a message that says why and where.
 */
export const openBucket = ({ bucket, prefix = '', endpoint, region = 'us-east-1' }: BucketSettings): Bucket => {
  const client = new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    // Not all that speak like S3 know the checksums that are sent by default. Snapshots have their own.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const keyOf = (path: string) => (prefix === '' ? path : `${prefix}/${path}`)
  const orReason = <A>(what: string, work: Promise<A>): Promise<A> =>
    work.catch((thrown: unknown) => {
      throw new Error(`bucket ${bucket}: ${what}: ${reasonOf(thrown)}`)
    })
  return {
    list: async (folder) => {
      const key = keyOf(`${folder}/`)
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: key })
      const listed = await orReason(`${key} could not be listed`, all(pages))
      return listed.flatMap(({ Contents = [] }) =>
        Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(key.length)])),
      )
    },
    read: async (path) => {
      const key = keyOf(path)
      const { Body } = await orReason(
        `${key} could not be read`,
        client.send(new GetObjectCommand({ Bucket: bucket, Key: key })),
      )
      if (Body === undefined) throw new Error(`bucket ${bucket}: ${key}: it is empty`)
      return Body.transformToByteArray()
    },
    write: async (path, content, signal) => {
      const key = keyOf(path)
      await orReason(
        `${key} could not be written`,
        client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content }), { abortSignal: signal }),
      )
    },
  }
}
