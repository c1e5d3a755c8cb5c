import { describe, expect, it } from 'vitest'
import { failure } from './support/acme.ts'
import { idsOf, worlds } from './support/people.ts'
import { acmes, run } from './support/run.ts'
import { said } from './support/said.ts'

describe('seatlens licenses', () => {
  it('prints the pools in every format', async () => {
    const table = await run(['licenses'], { worlds })
    const csv = await run(['licenses', '--format', 'csv'], { worlds })
    const json = await run(['licenses', '--format', 'json'], { worlds })
    const ndjson = await run(['licenses', '--format', 'ndjson'], { worlds })
    expect(table.stdout.split('\n')[1]).toBe('acme      Basic    B1       named          10         1')
    expect(csv.stdout.split('\r\n')[1]).toBe(`acme,basic,Basic,B1,named,10,,1,,,,,${','.repeat(18)}`)
    expect(JSON.parse(json.stdout)).toHaveLength(3)
    expect(idsOf(ndjson.stdout)).toEqual(['basic', 'plus', 'Plus'])
  })

  it.each(['licenses', 'users'])(
    'has only rows in what programs read, and says so in its help: %s',
    async (command) => {
      const { code, stdout, stderr } = await run([command, '--format', 'ndjson'], {
        configuration: acmes('acme', 'down'),
        worlds: { ...worlds, down: { failure: failure('AuthenticationFailed') } },
      })
      const providers = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).provider)
      expect({ code, providers: [...new Set(providers)] }).toEqual({ code: 5, providers: ['acme'] })
      expect(said(stderr)).toContain('AuthenticationFailed it is')
      const help = (await run([command, '--help'])).stdout.replaceAll('\n', ' ')
      expect(help).toContain('stderr says so, and the exit code is not 0')
    },
  )
})
