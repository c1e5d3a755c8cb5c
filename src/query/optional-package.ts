import * as E from 'fp-ts/lib/Either.js'
import { errorCodeOf } from '../node/index.ts'
import type { PackageMissing } from './query-failure.ts'

/** Loads packages that only a part of the library needs. `what`: their name for people; `names`: what `npm install` takes. */
export const loadOptional = async <A>(
  what: string,
  names: string,
  load: () => Promise<A>,
): Promise<E.Either<PackageMissing, A>> => {
  try {
    return E.right(await load())
  } catch (error) {
    const code = errorCodeOf(error)
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error
    const message = `${what} is not installed; install it beside seatlens: npm install ${names}`
    return E.left({ _tag: 'PackageMissing', message, packageName: names })
  }
}
