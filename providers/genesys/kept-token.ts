import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import * as t from 'io-ts'
import { Http, type TokenStore } from '../../src/provider-kit/index.ts'

/** The token of a person who has signed in. */
export interface GenesysToken {
  readonly accessToken: string
  /** Milliseconds since the epoch, where the vendor said how long it lives. */
  readonly expiresAt?: number | undefined
}

/** The text in the store. `issuedBy`: the login host and the client that it is for. */
const Kept = t.intersection(
  [t.type({ accessToken: t.string, issuedBy: t.string }), t.partial({ expiresAt: t.number })],
  'kept token',
)

const KEEPING = 'the token could not be kept'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The token in a store, unless it is for another client or region than the one that is configured now. */
export const keptToken = (store: TokenStore, issuedBy: string) => {
  const asking = <A>(what: string, ask: () => Promise<A>): TE.TaskEither<string, A> =>
    TE.tryCatch(ask, (thrown) => Http.describeStoreFailure(what, thrown))
  return {
    load: pipe(
      asking('the kept token could not be read', () => store.read()),
      TE.flatMap((text): TE.TaskEither<string, GenesysToken | undefined> => {
        if (text === undefined) return TE.right(undefined)
        const kept = parsed(text)
        if (Kept.is(kept)) return TE.right(kept.issuedBy === issuedBy ? kept : undefined)
        return TE.left(
          `the kept token could not be read: ${store.place ?? 'the token store'} was damaged; sign in again`,
        )
      }),
    ),
    ready: asking(KEEPING, async () => store.ready?.()),
    release: async () => {
      await asking('', async () => store.release?.())()
    },
    save: (token: GenesysToken) => asking(KEEPING, () => store.write(JSON.stringify({ ...token, issuedBy }))),
  }
}
