import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Baseline } from '../../check/baseline.ts'
import { decode } from '../../provider-kit/decode.ts'
import { UsageError } from '../usage-error.ts'
import { type InputPlace, parseJson, readTextFile } from './text-file.ts'

const BaselineItem = t.intersection(
  [
    t.type({ verdict: t.string }),
    // Without numbers in what an older version has written.
    t.partial({ id: t.string, seats: t.unknown, inUse: t.unknown, purchased: t.unknown }),
  ],
  'item',
)

const BaselineFile = t.type(
  {
    schemaVersion: t.literal(1),
    kind: t.literal('check'),
    items: t.array(BaselineItem),
  },
  'baseline',
)

const Known = t.type({ kind: t.literal('known'), value: t.number }, 'known count')

/** Breached, and nobody had accepted it: what a suppression accepted is new once the suppression ends. */
const KNOWN: ReadonlySet<string> = new Set(['breached', 'inBaseline'])

const knownValue = (count: unknown): number | undefined => (Known.is(count) ? count.value : undefined)

/** What an earlier check found breached. */
export const readBaseline = async (file: string, place: InputPlace): Promise<Baseline> => {
  const text = await readTextFile(file, 'the baseline', place)
  const baseline = decode(BaselineFile, parseJson(file, text))
  if (E.isLeft(baseline)) {
    throw new UsageError([`${file}: expected what "seatlens check --format json --output FILE" has written`])
  }
  return new Map(
    baseline.right.items.flatMap(({ id, verdict, seats, inUse, purchased }) =>
      id !== undefined && KNOWN.has(verdict)
        ? [[id, { seats: knownValue(seats), inUse: knownValue(inUse), purchased: knownValue(purchased) }] as const]
        : [],
    ),
  )
}
