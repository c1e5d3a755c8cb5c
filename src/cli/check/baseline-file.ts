import { resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { decode } from '../../provider-kit/decode.ts'
import type { Environment } from '../environment.ts'
import { parseJson, readTextFile } from '../input/text-file.ts'
import { UsageError } from '../usage-error.ts'

const Baseline = t.type(
  {
    schemaVersion: t.literal(1),
    kind: t.literal('check'),
    items: t.array(t.intersection([t.type({ verdict: t.string }), t.partial({ id: t.string })], 'item')),
  },
  'baseline',
)

/** Breached, and nobody had accepted it: what a suppression accepted is new once the suppression ends. */
const KNOWN: ReadonlySet<string> = new Set(['breached', 'inBaseline'])

/** Ids of what an earlier check found breached. */
export const readBaseline = async (
  file: string,
  { workingDirectory }: Pick<Environment, 'workingDirectory'>,
): Promise<ReadonlySet<string>> => {
  const text = await readTextFile(resolve(workingDirectory, file), file, 'the baseline')
  const baseline = decode(Baseline, parseJson(file, text))
  if (E.isLeft(baseline)) {
    throw new UsageError([`${file}: expected what "seatlens check --format json --output FILE" has written`])
  }
  return new Set(
    baseline.right.items.flatMap(({ id, verdict }) => (id !== undefined && KNOWN.has(verdict) ? [id] : [])),
  )
}
