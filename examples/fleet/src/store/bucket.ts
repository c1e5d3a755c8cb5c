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
  /** The versions of all objects in a folder, by their paths from there on. */
  readonly versions: (folder: string) => Promise<ReadonlyMap<string, string | undefined>>
  readonly read: (path: string) => Promise<Uint8Array>
  /** `over`: only if there is this version of it, or, with undefined, none. Absent: whatever is there. */
  readonly write: (path: string, content: Uint8Array, signal: AbortSignal, over?: Over) => Promise<void>
}

export interface Over {
  readonly version: string | undefined
}

/** The service does not know conditions. */
const isUnknown = (thrown: unknown): boolean =>
  thrown instanceof S3ServiceException && thrown.$metadata.httpStatusCode === 501

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
  const versions = async (folder: string): Promise<ReadonlyMap<string, string | undefined>> => {
    const key = keyOf(`${folder}/`)
    const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: key })
    const listed = await orReason(`${key} could not be listed`, all(pages))
    return new Map(
      listed.flatMap(({ Contents = [] }) =>
        Contents.flatMap(({ Key, ETag }) => (Key === undefined ? [] : [[Key.slice(key.length), ETag] as const])),
      ),
    )
  }
  return {
    versions,
    list: async (folder) => [...(await versions(folder)).keys()],
    read: async (path) => {
      const key = keyOf(path)
      const { Body } = await orReason(
        `${key} could not be read`,
        client.send(new GetObjectCommand({ Bucket: bucket, Key: key })),
      )
      if (Body === undefined) throw new Error(`bucket ${bucket}: ${key}: it is empty`)
      return Body.transformToByteArray()
    },
    write: async (path, content, signal, over) => {
      const key = keyOf(path)
      const put = (condition: object) =>
        client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content, ...condition }), {
          abortSignal: signal,
        })
      const condition =
        over === undefined ? {} : over.version === undefined ? { IfNoneMatch: '*' } : { IfMatch: over.version }
      const written = put(condition).catch((thrown: unknown) => {
        if (over !== undefined && isUnknown(thrown)) return put({})
        throw thrown
      })
      await orReason(`${key} could not be written`, written)
    },
  }
}
