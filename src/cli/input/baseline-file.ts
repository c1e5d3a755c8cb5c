import * as E from 'fp-ts/lib/Either.js'
import { type Baseline, readBaseline } from '../../index.ts'
import { UsageError } from '../usage-error.ts'
import { type InputPlace, parseJson, readTextFile } from './text-file.ts'

/** What an earlier check found breached. */
export const readBaselineFile = async (file: string, place: InputPlace): Promise<Baseline> => {
  const text = await readTextFile(file, 'the baseline', place)
  const baseline = readBaseline(parseJson(file, text))
  if (E.isRight(baseline)) return baseline.right
  throw new UsageError([`${file}: expected what "seatlens check --format json --output FILE" has written`])
}
