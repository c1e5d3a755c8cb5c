import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { type Diagnosis, Http, type Identified } from '../../provider-kit/index.ts'

const texts = t.readonlyArray(t.string)
const functional = t.type({ send: t.Function })

/** A diagnosis as other code makes it, as far as its shape goes. */
const DiagnosisShape = t.intersection(
  [
    t.type({
      api: functional,
      needs: t.readonlyArray(
        t.intersection([
          t.type({ anyOf: texts, for: texts }),
          t.partial({
            lacks: t.string,
            read: t.intersection([t.type({ path: t.string }), t.partial({ api: functional })]),
          }),
        ]),
      ),
    }),
    t.partial({
      identify: t.Function,
      regions: t.intersection([t.type({ known: texts }), t.partial({ own: t.string })]),
    }),
  ],
  'diagnosis',
)

export const isDiagnosis = (value: unknown): value is Diagnosis => DiagnosisShape.is(value)

const Told = t.partial(
  {
    client: t.string,
    user: t.string,
    organization: t.partial({ id: t.string, name: t.string }),
    isGranted: t.Function,
  },
  'identity',
)

/** The same diagnosis of other code, which shows no secret and whose list of permissions cannot fail. */
export const guardedDiagnosis = (diagnosis: Diagnosis, secrets: readonly string[]): Diagnosis => {
  const { identify } = diagnosis
  if (identify === undefined) return diagnosis
  const shown = (text: string | undefined) =>
    text !== undefined && secrets.some((one) => text.includes(one)) ? '***' : text
  const guarded = (identified: Identified): Identified => {
    if (!Told.is(identified)) return {}
    const { client, user, organization, isGranted } = identified
    return {
      client: shown(client),
      user: shown(user),
      organization: { id: shown(organization?.id), name: shown(organization?.name) },
      isGranted: (permission) => {
        try {
          return isGranted?.(permission) === true
        } catch {
          return false
        }
      },
    }
  }
  return {
    ...diagnosis,
    identify: (scope) => async () => {
      try {
        return E.map(guarded)(await identify(scope)())
      } catch (thrown) {
        const message = `the diagnosis failed: ${Http.thrownText(thrown, secrets)}`
        return E.left({ _tag: 'InvalidResponse', provider: '', operation: 'diagnose', message, issues: [] })
      }
    },
  }
}
