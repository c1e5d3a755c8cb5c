import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { Http, type LicenseError, type TokenStore, Values } from '../../src/provider-kit/index.ts'

/** The tokens of an integration or a service app, as they are now. */
export interface WebexTokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** Milliseconds since the epoch, where the vendor said how long the access token lives. */
  readonly expiresAt?: number | undefined
}

/** The text in the store. `configured`: the SHA-256 of the refresh token that was configured when it was written. */
const Kept = t.intersection(
  [t.type({ accessToken: t.string, refreshToken: t.string, configured: t.string }), t.partial({ expiresAt: t.number })],
  'kept tokens',
)

/** The message, if it fails. */
type OrMessage<A> = TE.TaskEither<string, A>

/** The tokens of earlier runs and of other processes. */
export interface KeptTokens {
  /** Undefined if there are none, or another refresh token has been configured since. */
  readonly load: OrMessage<WebexTokens | undefined>
  /** Keeps room for new tokens. */
  readonly ready: OrMessage<void>
  /** Gives the room back if no `save` follows. */
  readonly release: () => Promise<void>
  readonly save: (tokens: WebexTokens) => OrMessage<void>
  /** A renewal while no other process that shares the store has one. */
  readonly alone: <A>(renewal: TE.TaskEither<LicenseError, A>) => OrMessage<E.Either<LicenseError, A>>
}

const asking = <A>(what: string, ask: () => Promise<A>): OrMessage<A> =>
  TE.tryCatch(ask, (thrown) => Http.describeStoreFailure(what, thrown))

const UNREADABLE = 'the kept tokens could not be read'

/**
 * The tokens in a store, which are newer than the configured refresh token, unless another one was configured since. Without
 * a store, nothing is kept.
 */
export const keptTokens = (store: TokenStore | undefined, configuredToken: string): KeptTokens => {
  const decode = (text: string): E.Either<string, t.TypeOf<typeof Kept>> =>
    pipe(
      E.tryCatch(
        (): unknown => JSON.parse(text),
        () => undefined,
      ),
      E.filterOrElse(Kept.is, () => undefined),
      E.mapLeft(() => {
        const place = store?.place ?? 'the token store'
        return `${UNREADABLE}: ${place} was damaged or edited; delete it to use the configured token again`
      }),
    )
  return {
    load: pipe(
      asking(UNREADABLE, async () => (await store?.read()) ?? undefined),
      TE.flatMap((text) => (text === undefined ? TE.right(undefined) : TE.fromEither(decode(text)))),
      TE.flatMap((kept) =>
        asking(UNREADABLE, async () => {
          if (kept === undefined || kept.configured !== (await Values.sha256Hex(configuredToken))) return undefined
          const { accessToken, refreshToken, expiresAt } = kept
          return { accessToken, refreshToken, expiresAt }
        }),
      ),
    ),
    ready: asking('new tokens could not be kept, so Seatlens did not ask for any', async () => store?.ready?.()),
    release: async () => {
      await asking('', async () => store?.release?.())()
    },
    save: (tokens) =>
      asking('the new tokens could not be kept', async () =>
        store?.write(JSON.stringify({ ...tokens, configured: await Values.sha256Hex(configuredToken) })),
      ),
    alone: (renewal) =>
      asking('the tokens could not be renewed alone', async () =>
        store?.alone === undefined ? renewal() : store.alone(renewal),
      ),
  }
}
