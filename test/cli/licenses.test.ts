import { describe, expect, it } from 'vitest'
import { idsOf, worlds } from './support/people.ts'
import { run } from './support/run.ts'

describe('seatlens licenses', () => {
  it('prints the pools in every format', async () => {
    const table = await run(['licenses'], { worlds })
    const csv = await run(['licenses', '--format', 'csv'], { worlds })
    const json = await run(['licenses', '--format', 'json'], { worlds })
    const ndjson = await run(['licenses', '--format', 'ndjson'], { worlds })
    expect(table.stdout.split('\n')[1]).toBe('acme      Basic    B1       named          10         1')
    expect(csv.stdout.split('\r\n')[1]).toBe('acme,basic,Basic,B1,named,10,,1,,,,,')
    expect(JSON.parse(json.stdout)).toHaveLength(3)
    expect(idsOf(ndjson.stdout)).toEqual(['basic', 'plus', 'Plus'])
  })
})
