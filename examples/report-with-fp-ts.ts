import { pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import * as T from 'fp-ts/lib/Task.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { createLicenseReport, describeError, reduce } from 'seatlens'
import { providers } from './providers.ts'

const countExternals = reduce(
  () => 0,
  (count, user: { readonly kind: string }) => (user.kind === 'external' ? count + 1 : count),
)

const report = pipe(
  providers,
  createLicenseReport(),
  T.map(({ licenses }) => licenses.filter(({ available }) => available.kind === 'known' && available.value > 0)),
  T.map(RA.map(({ provider, name }) => `${provider}: ${name} has free seats`)),
)

const externals = pipe(
  providers,
  T.traverseArray((provider) =>
    pipe(
      provider.listUsers(),
      countExternals,
      TE.match(describeError, ({ value, ledger }) => `${provider.id}: ${value} external users (${ledger.verdict})`),
    ),
  ),
)

console.log([...(await report()), ...(await externals())].join('\n'))
