import * as E from 'fp-ts/lib/Either.js'
import type { LicenseProvider } from '../../contract/license-provider.ts'
import { createPlan, type Unread } from '../../plan/index.ts'
import type { PlanOptions } from '../commands/plan.ts'
import type { ProviderOutcome } from '../exit-code.ts'
import { planFormats } from '../formats/plan-formats.ts'
import { renderPlanJson } from '../formats/plan-json.ts'
import { readChangeRows } from '../intents/change-rows.ts'
import { intentsOf } from '../intents/intents-of.ts'
import type { Invocation } from '../invocation.ts'
import { notify } from '../output/notify.ts'
import { openOutputFile } from '../output/output-file.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { UsageError } from '../usage-error.ts'
import { withProviders } from './with-providers.ts'

const HOUR_MS = 60 * 60 * 1_000

const onlyOne = (providers: readonly LicenseProvider[]): LicenseProvider => {
  const [only, another] = providers
  if (only === undefined || another !== undefined) {
    throw new UsageError([
      `--provider: expected one of ${providers.map(({ id }) => id).join(', ')}; a plan is for one provider`,
    ])
  }
  return only
}

/** Says what could not be read, and how the provider fared by that. */
export const announceUnread = (
  { environment }: Invocation,
  { id }: LicenseProvider,
  unread: Unread,
): ProviderOutcome => {
  for (const line of unread.lines) notify(environment, `${id}: ${line}`)
  return { status: unread.error === undefined ? 'partial' : 'failed', error: unread.error }
}

export const plan = async (invocation: Invocation, options: PlanOptions): Promise<readonly ProviderOutcome[]> => {
  const { environment, bounds, signal } = invocation
  const { provider: only, file: changesFile, output, validFor, format } = options
  const rows = changesFile === undefined ? [] : await readChangeRows(changesFile, environment)
  const intents = intentsOf(options, rows)
  return withProviders(invocation, only === undefined ? undefined : [only], async (providers, progress) => {
    const provider = onlyOne(providers)
    const file = output === undefined ? undefined : await openOutputFile(output, environment)
    try {
      const { onProgress } = progress
      const made = await createPlan(provider, intents, { ...bounds(), onProgress, validForMs: validFor * HOUR_MS })()
      progress.stop()
      if (E.isLeft(made) || signal.aborted) {
        await file?.discard()
        if (E.isRight(made)) return []
        if (made.left.kind === 'problems') throw new UsageError(made.left.lines)
        const outcome = announceUnread(invocation, provider, made.left)
        if (!signal.aborted) notify(environment, 'no plan was made: nobody is to lose a seat because a list was short')
        return [outcome]
      }
      const render = await planFormats[format]()
      await file?.commit(renderPlanJson(made.right))
      await writeOut(environment, render(made.right, surfaceOf(environment)))
      if (made.right.changes.length === 0) notify(environment, 'everything is so already: there is nothing to apply')
      else if (output === undefined) notify(environment, 'not kept: give --output FILE to apply it')
      else notify(environment, `kept as ${output}; to carry it out: seatlens apply ${output}`)
      return [{ status: 'complete' }]
    } catch (error) {
      await file?.discard().catch(() => {})
      throw error
    }
  })
}
