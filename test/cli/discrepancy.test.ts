import { describe, expect, it } from 'vitest'
import { known } from '../../src/model/count.ts'
import { run } from './support/run.ts'

/** The vendor counts three users, of whom its list of holders has one. */
const lagging = { worlds: { acme: { licenses: [{ id: 'basic', consumed: known(3) }] } } }
const NOTE = "the vendor's count of users differs from its list of holders; the count may lag"

describe('a counter that disagrees with the list of holders', () => {
  it('is marked beside the number in the table, and nobody is alarmed', async () => {
    const { code, stdout, stderr } = await run(['report'], lagging)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('· complete ·')
    expect(stdout).toMatch(/^basic +10 +3¹ +1 /m)
    expect(stdout).toContain(`¹ ${NOTE}\n`)
  })

  it('is a field of its row in JSON', async () => {
    const { code, stdout } = await run(['report', '--format', 'json'], lagging)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      complete: true,
      licenses: [{ discrepancy: { consumedByUsers: 3, assigned: 1, difference: 2 } }],
    })
  })

  it('has a column in CSV', async () => {
    const { code, stdout } = await run(['report', '--format', 'csv'], lagging)
    expect(code).toBe(0)
    expect(stdout).toMatch(/,discrepancy,purchasedSource,.*\r\nacme,complete,.*,2,{18}\r\n$/)
  })

  it('is not spoken of where the two agree', async () => {
    const { stdout } = await run(['report'], { worlds: { acme: { licenses: [{ id: 'basic', consumed: known(1) }] } } })
    expect(stdout).not.toContain('¹')
  })
})
