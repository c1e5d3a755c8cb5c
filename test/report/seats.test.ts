import { describe, expect, test } from 'vitest'
import {
  type Capacity,
  type Count,
  known,
  type LicenseMetric,
  notApplicable,
  unknown,
  unlimited,
} from '../../src/index.ts'
import { seatsOf } from '../../src/report/seats.ts'

const NOT_TOLD = unknown('not told')
const GAP = unknown('a gap', 7)

interface Case {
  readonly metric?: LicenseMetric
  readonly purchased?: Capacity
  readonly consumed?: Count
  readonly assigned?: Count
  readonly assignedUsers?: Count
  readonly available: Capacity
  readonly utilization: Count
}

const seats = ({
  metric = 'named',
  purchased = known(10),
  consumed = known(4),
  assigned = known(4),
  assignedUsers,
}: Omit<Case, 'available' | 'utilization'>) =>
  seatsOf({ metric, purchased, consumed }, { assigned, ...(assignedUsers === undefined ? {} : { assignedUsers }) })

const check = ({ available, utilization, ...given }: Case) => {
  expect(seats(given)).toMatchObject({ available, utilization })
}

describe('seats that a holder each takes', () => {
  test.each<LicenseMetric>(['named', 'unknown'])('are those of the metric "%s"', (metric) => {
    check({ metric, consumed: NOT_TOLD, available: known(6), utilization: known(0.4) })
  })

  test('are in use by the larger of the vendor counter and the holders', () => {
    check({ consumed: known(5), assigned: known(3), available: known(5), utilization: known(0.5) })
    check({ consumed: known(3), assigned: known(5), available: known(5), utilization: known(0.5) })
  })

  test('are in use by the holders where the vendor has no counter', () => {
    check({ consumed: NOT_TOLD, assigned: known(3), available: known(7), utilization: known(0.3) })
    check({ consumed: notApplicable, assigned: known(3), available: known(7), utilization: known(0.3) })
  })

  test('are not known of devices that neither the vendor counts nor a list names', () => {
    const told = { available: unknown('not told'), utilization: unknown('not told') }
    check({ metric: 'device', consumed: NOT_TOLD, assigned: unknown('no list'), assignedUsers: known(0), ...told })
    check({ metric: 'device', consumed: NOT_TOLD, available: known(6), utilization: known(0.4) })
    check({ metric: 'device', consumed: notApplicable, available: known(6), utilization: known(0.4) })
  })

  test('are in use by the vendor counter and the users where the other holders are unknown', () => {
    const rooms = { metric: 'device', assigned: unknown('no list') } as const
    check({ ...rooms, assignedUsers: known(1), available: known(6), utilization: known(0.4) })
    check({ ...rooms, assignedUsers: known(5), available: known(5), utilization: known(0.5) })
    check({ ...rooms, assignedUsers: GAP, available: unknown('no list'), utilization: unknown('no list') })
  })

  test('are in use by an unknown number where the list of holders has a gap, whatever the counter says', () => {
    check({ assigned: GAP, available: unknown('a gap'), utilization: unknown('a gap') })
    check({ assigned: GAP, consumed: NOT_TOLD, available: unknown('a gap'), utilization: unknown('a gap') })
  })

  test('that are over-assigned have a negative rest and a utilization above 1, never clamped', () => {
    check({ assigned: known(13), available: known(-3), utilization: known(1.3) })
  })

  test('that are all free, or all taken', () => {
    check({ consumed: known(0), assigned: known(0), available: known(10), utilization: known(0) })
    check({ consumed: known(10), assigned: known(10), available: known(0), utilization: known(1) })
  })
})

describe('seats that are shared or metered', () => {
  test.each<LicenseMetric>(['concurrent', 'consumption'])('of the metric "%s" are what the vendor counts', (metric) => {
    check({ metric, consumed: known(4), assigned: known(40), available: known(6), utilization: known(0.4) })
  })

  test.each<LicenseMetric>(['concurrent', 'consumption'])(
    'of the metric "%s" are unknown where the vendor counts nothing, as holders do not measure them',
    (metric) => {
      check({ metric, consumed: NOT_TOLD, assigned: known(40), available: NOT_TOLD, utilization: NOT_TOLD })
    },
  )

  test('are known despite a gap in the list of holders', () => {
    check({ metric: 'concurrent', consumed: known(4), assigned: GAP, available: known(6), utilization: known(0.4) })
  })

  test('still show how many may take one', () => {
    expect(seats({ metric: 'concurrent', assigned: known(40) }).assigned).toEqual(known(40))
  })
})

describe('what was bought', () => {
  test('without limit leaves no limit, and no part of it can be in use', () => {
    check({ purchased: unlimited, available: unlimited, utilization: notApplicable })
  })

  test('that are unknown leave an unknown rest for that reason', () => {
    check({ purchased: NOT_TOLD, available: NOT_TOLD, utilization: NOT_TOLD })
  })

  test('for nothing, as it came with the organization, is not measured', () => {
    check({ purchased: notApplicable, available: notApplicable, utilization: notApplicable })
  })

  test('with a lower bound only passes on no bound, as a rest of it could be anything', () => {
    check({ purchased: unknown('a gap', 5), available: unknown('a gap'), utilization: unknown('a gap') })
  })

  test('as no seats at all has a rest but no utilization', () => {
    check({ purchased: known(0), available: known(-4), utilization: notApplicable })
  })

  test('passes through with the counts that it is held against', () => {
    expect(seats({ purchased: known(9), consumed: GAP, assigned: known(2) })).toMatchObject({
      purchased: known(9),
      consumed: GAP,
      assigned: known(2),
    })
  })
})
