import { expect, test } from 'vitest'
import { wrongInPages } from './findings.ts'
import { genesys } from './genesys-target.ts'
import { readPages } from './program.ts'
import type { Schedule, Unseen } from './schedule.ts'
import type { Target } from './stage.ts'
import { webexByBoth, webexByLicenses, webexByPeople } from './webex-target.ts'

/** After the first page of the list was read, it changes. */
const changing = (kind: Unseen): Schedule<Unseen> => ({
  users: 40,
  seed: 7,
  pageSize: 4,
  reading: 'pages',
  faults: [],
  pageFault: { kind, skip: 1, times: 1, pick: 0, inDirectory: false },
})

/** What came, and who held licenses all the time and did not come with all of them. */
const readWhile = async <Kind>(target: Target<Kind>, kind: Unseen) => {
  const stage = await target.stage(changing(kind), 'http://127.0.0.1:1')
  try {
    const { read } = await readPages(stage.provider, 4)
    return { verdict: read.ledger?.verdict, wrong: wrongInPages(read, stage.truths()) }
  } finally {
    await stage.stop()
  }
}

const NOT_THE_TRUTH = [expect.stringContaining('are not exactly those of the vendor')]

test('one user leaves and another joins between two pages: the total does not move, and nothing in a single pass can show that a row was skipped', async () => {
  expect(await readWhile(genesys, 'equalExchange')).toMatchObject({ verdict: 'complete', wrong: NOT_THE_TRUTH })
})

test.each([webexByBoth, webexByLicenses, webexByPeople])(
  '$name: a user leaves from a page that was read, and there is no total that could move',
  async (target) => {
    expect(await readWhile(target, 'leavesWithoutTotal')).toMatchObject({
      verdict: 'unverifiable',
      wrong: NOT_THE_TRUTH,
    })
  },
)

test('where there is a total, a user who leaves is seen by it', async () => {
  const stage = await genesys.stage(
    { ...changing('equalExchange'), pageFault: { kind: 'leaves', skip: 1, times: 1, pick: 0, inDirectory: false } },
    'http://127.0.0.1:1',
  )
  const { read } = await readPages(stage.provider, 4)
  await stage.stop()
  expect(read.ledger?.verdict).toBe('mismatch')
})
