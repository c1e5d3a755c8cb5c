import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { problemOfNode } from '../../src/cli/problem-of-node.ts'
import { builtCommandLine } from './support/child.ts'

describe('a version of Node', () => {
  it.each(['12.22.12', '16.20.2', '18.20.8', '19.9.0', '20.0.0', '20.10.0'])(
    '%s is too old, and told so in one line',
    (version) => {
      expect(problemOfNode(version)).toBe(
        `seatlens: expected Node 22 or newer, found Node ${version}; install a newer one from https://nodejs.org`,
      )
    },
  )

  it.each(['20.11.0', '20.20.2', '22.0.0', '24.1.0', process.versions.node])('%s is new enough', (version) => {
    expect(problemOfNode(version)).toBeUndefined()
  })

  it('is looked at before anything else is loaded, as that may end an old one with a stack', async () => {
    const bin = await readFile(builtCommandLine(), 'utf8')
    // The rest is imported where that is called, once the version is known to be new enough.
    expect(bin).not.toMatch(/^import\b/m)
    expect(bin.match(/\bimport\(/g)).toHaveLength(1)
  })
})
