import { expect, test } from 'vitest'
import { type Count, judgeLimits, known, type LicenseMetric, notApplicable, unknown } from '../../src/index.ts'
import { seatsOf } from '../../src/report/seats.ts'

const metrics: readonly LicenseMetric[] = ['named', 'concurrent', 'device', 'consumption', 'unknown']
const counts: readonly Count[] = [known(4), unknown('no counter'), notApplicable]

test.each(metrics)(
  'what a report calls unknown of a license of the metric "%s", a check calls unknown too',
  (metric) => {
    const wordOf = (kind: Count['kind']) => ({ known: 'passed', unknown: 'unknown', notApplicable: undefined })[kind]
    for (const consumed of counts) {
      for (const assigned of counts) {
        const license = { metric, purchased: known(10), consumed }
        const row = { provider: 'acme', id: 'a', name: 'A', ...license, ...seatsOf(license, { assigned }) }
        const [utilization] = judgeLimits(row, { maxUtilization: 90 })
        const [available] = judgeLimits(row, { keepFree: 1 })
        expect(utilization?.verdict).toBe(wordOf(row.utilization.kind))
        expect(available?.verdict).toBe(row.available.kind === 'unlimited' ? undefined : wordOf(row.available.kind))
      }
    }
  },
)
