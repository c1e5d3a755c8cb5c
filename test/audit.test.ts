import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { newFolder } from './cli/support/run.ts'
import { listening } from './listening.ts'

const root = join(import.meta.dirname, '..')

/** A package registry that knows these advisories, by the name of the package; without any, it has no audits. */
const startRegistry = async (advisories?: Readonly<Record<string, readonly object[]>>): Promise<string> => {
  const server = createServer((request, response) => {
    request.resume()
    const isAudit = request.url?.endsWith('/security/advisories/bulk') === true
    if (!isAudit || advisories === undefined) return response.writeHead(isAudit ? 405 : 404).end('{}')
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(advisories))
  })
  const { port, stop } = await listening(server)
  onTestFinished(stop)
  return `http://127.0.0.1:${port}/`
}

const advisory = (severity: string) => ({
  id: 1,
  url: 'https://example.com/advisory',
  title: 'Made up',
  severity,
  vulnerable_versions: '*',
  cwe: [],
  cvss: { score: 0, vectorString: null },
})

/** Runs the step of CI with the real npm against that registry. */
const audit = async (registry: string) => {
  // What another registry has said is not to be remembered.
  const folder = await newFolder()
  return new Promise<{ readonly code: number; readonly output: string }>((resolve) => {
    const env = {
      ...process.env,
      npm_config_registry: registry,
      npm_config_cache: folder,
      npm_config_fetch_timeout: '5000',
    }
    const child = execFile('node', [join(root, '.ci/audit.mjs')], { cwd: root, env }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })
}

describe('the audit of what the package brings along', () => {
  it('passes where nothing is known against it, whatever is known against what only developers have', async () => {
    expect(await audit(await startRegistry({ vitest: [advisory('critical')] }))).toEqual({
      code: 0,
      output: 'audited: 0 vulnerable packages in the runtime tree, 0 of them high or worse\n',
    })
  })

  it('fails where something high is', async () => {
    const { code, output } = await audit(await startRegistry({ ky: [advisory('high')] }))
    expect(code).toBe(1)
    expect(output).toContain('  high: ky\n')
  })

  it('passes, and names it, where something moderate is', async () => {
    const { code, output } = await audit(await startRegistry({ ky: [advisory('moderate')] }))
    expect(code).toBe(0)
    expect(output).toContain('  moderate: ky\n')
  })

  it('passes, and says so, where the registry has no audits', async () => {
    expect(await audit(await startRegistry())).toEqual({
      code: 0,
      output: 'not audited: no audit is to be had from the registry, it answers 405\n',
    })
  })

  it('passes, and says so, where the registry cannot be reached', async () => {
    expect(await audit('http://127.0.0.1:1/')).toEqual({
      code: 0,
      output: 'not audited: no audit is to be had from the registry, it could not be reached\n',
    })
  })
})
