import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registry } from '../../src/cli/registry.ts'
import { installAcme } from './support/outside.ts'
import { newFolder, run } from './support/run.ts'

const SECRET = 'the-secret-that-nobody-may-see-1'
const CLIENT = '8d5e1a52-1111-4222-8333-444455556666'

const configOf = async (
  configuration: unknown,
  { variables = {}, args = [], folder }: { variables?: Record<string, string>; args?: string[]; folder?: string } = {},
) => run(['config', ...args], { configuration, variables, registry, ...(folder === undefined ? {} : { folder }) })

const genesys = { id: 'genesys', type: 'genesys', region: 'mypurecloud.ie', clientId: CLIENT, clientSecret: SECRET }

describe('seatlens config', () => {
  it('shows each setting with where it is from, and no secret', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'webex.secret'), SECRET)
    const { code, stdout, stderr } = await configOf(
      {
        providers: [
          { ...genesys, region: `\${REGION}`, clientSecret: `\${SECRET}`, licenses: { a: { purchased: 3 } } },
          { id: 'webex', type: 'webex', accessToken: { file: 'webex.secret' }, concurrency: 4, devices: true },
        ],
        limits: { '*': { keepFree: 1 } },
      },
      { folder, variables: { REGION: 'mypurecloud.de', SECRET } },
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`Configuration: ${join(folder, 'seatlens.json')}\n`)
    expect(stdout).toContain('\ngenesys: Genesys Cloud (genesys)\n')
    expect(stdout).toMatch(/^ {2}region +mypurecloud\.de, from REGION$/m)
    expect(stdout).toMatch(new RegExp(`^ {2}clientId +${CLIENT}$`, 'm'))
    expect(stdout).toMatch(/^ {2}clientSecret +secret, from SECRET$/m)
    expect(stdout).toMatch(/^ {2}apiUrl +default: from the region$/m)
    expect(stdout).toMatch(/^ {2}licenses +1 entry$/m)
    expect(stdout).toMatch(/^ {2}accessToken +secret, from the file webex\.secret$/m)
    expect(stdout).toMatch(/^ {2}concurrency +4$/m)
    expect(stdout).toMatch(/^ {2}devices +true$/m)
    expect(stdout).toMatch(/^ {2}apiUrl +default: https:\/\/webexapis\.com\/v1$/m)
    expect(stdout).toContain('For all providers: limits 1\n')
    expect(stdout).not.toContain(SECRET)
  })

  it('runs no command that prints a secret, and tells its program alone', async () => {
    const folder = await newFolder()
    const ran = join(folder, 'ran')
    const command = [process.execPath, '-e', `require('fs').writeFileSync(${JSON.stringify(ran)}, '')`, SECRET]
    const { code, stdout, stderr } = await configOf(
      { providers: [{ ...genesys, clientSecret: { command } }] },
      { folder },
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^ {2}clientSecret +secret, from the command node\S*, which is not run now$/m)
    expect(stdout).not.toContain(SECRET)
    await expect(access(ran)).rejects.toThrow()
  })

  it('shows a secret in no other setting either, where it was put by mistake', async () => {
    const { code, stdout } = await configOf({
      providers: [{ ...genesys, displayName: `x ${SECRET}`, clientId: SECRET }],
    })
    expect(code).toBe(0)
    expect(stdout).not.toContain(SECRET)
    expect(stdout).toMatch(/^ {2}clientId +\*\*\*$/m)
  })

  it('tells all that is wrong together, after what it understands, with exit code 2', async () => {
    const { code, stdout, stderr } = await configOf({
      providers: [
        { ...genesys, regoin: 'x', pageSize: 0, clientSecret: `\${NOT_SET}` },
        { id: 'webex', type: 'webex', accessToken: { file: 'there-is-none' } },
        { id: 'webex', type: 'wobex', secret: SECRET },
      ],
    })
    expect(code).toBe(2)
    expect(stdout).toMatch(/^ {2}region +mypurecloud\.ie$/m)
    expect(stdout).toMatch(/^ {2}pageSize +not valid$/m)
    for (const field of ['[0].regoin', '[0].pageSize', '[0].clientSecret', '[1].accessToken', '[2].id', '[2].type']) {
      expect(stderr).toContain(`seatlens.json: providers${field}: expected`)
    }
    expect(stderr.trim().split('\n')).toHaveLength(6)
    expect(`${stdout}${stderr}`).not.toContain(SECRET)
  })

  it('is told to programs as JSON, with the problems', async () => {
    const { code, stdout } = await configOf(
      { providers: [{ ...genesys, pageSize: 'many', billing: { source: 'contracts' } }] },
      { args: ['--format', 'json'], variables: { HTTPS_PROXY: 'http://ada:sesame-street@proxy.example:3128' } },
    )
    expect(code).toBe(2)
    expect(stdout).not.toContain(SECRET)
    expect(stdout).not.toContain('sesame-street')
    const { schemaVersion, providers, problems, network } = JSON.parse(stdout)
    expect(schemaVersion).toBe(1)
    expect(network).toEqual({ proxy: { http: undefined, https: 'http://proxy.example:3128' } })
    expect(problems).toEqual([{ field: 'providers[0].pageSize', expected: 'a positive whole number', found: '"many"' }])
    expect(providers[0]).toMatchObject({ id: 'genesys', type: 'genesys', vendor: 'Genesys Cloud' })
    expect(providers[0].settings).toContainEqual({
      name: 'clientSecret',
      secret: true,
      from: { kind: 'configuration' },
    })
    expect(providers[0].settings).toContainEqual({
      name: 'billing.source',
      value: 'contracts',
      secret: false,
      from: { kind: 'configuration' },
    })
  })

  it('shows what the environment says where there is no file', async () => {
    const { code, stdout } = await configOf(null, {
      variables: { WEBEX_ACCESS_TOKEN: SECRET, WEBEX_ORG_ID: 'the-org' },
    })
    expect(code).toBe(0)
    expect(stdout).toContain('Configuration: environment variables\n')
    expect(stdout).toMatch(/^ {2}orgId +the-org, from WEBEX_ORG_ID$/m)
    expect(stdout).toMatch(/^ {2}accessToken +secret, from WEBEX_ACCESS_TOKEN$/m)
    expect(stdout).not.toContain(SECRET)
    expect(await configOf(null)).toMatchObject({ code: 2, stdout: '' })
  })

  it('shows the settings of a package, too', async () => {
    const folder = await newFolder()
    await installAcme(folder, 'export default acmeDefinition')
    const { code, stdout } = await configOf(
      { providers: [{ id: 'acme', type: 'seatlens-acme', token: SECRET }] },
      { folder },
    )
    expect(code).toBe(0)
    expect(stdout).toContain('\nacme: Acme (seatlens-acme)\n')
    expect(stdout).toMatch(/^ {2}token +secret, written in the configuration$/m)
    expect(stdout).toMatch(/^ {2}url +default: https:\/\/api\.acme\.example$/m)
    expect(stdout).not.toContain(SECRET)
  })

  it('tells proxies without their passwords, and the certificates that are trusted besides', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'company.pem'), '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n')
    const proxied = { HTTPS_PROXY: 'http://ada:sesame-street@proxy.example:3128', NO_PROXY: '.internal' }
    const { stdout } = await configOf(
      { providers: [genesys] },
      { folder, variables: { ...proxied, NODE_EXTRA_CA_CERTS: 'company.pem' } },
    )
    expect(stdout).toContain('Proxy: http://proxy.example:3128, except for .internal (NO_PROXY)\n')
    expect(stdout).toContain('Certificates: those of Node, and 1 in company.pem (NODE_EXTRA_CA_CERTS)\n')
    expect(stdout).not.toContain('sesame-street')
    const absent = await configOf({ providers: [genesys] }, { variables: { NODE_EXTRA_CA_CERTS: '/none.pem' } })
    expect(absent.stdout).toContain('Node ignores the file: there is no such file\n')
  })

  it('fits a terminal of 80 columns', async () => {
    const { stdout } = await run(['config'], {
      configuration: { providers: [genesys] },
      registry,
      stdout: { columns: 80 },
    })
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
    // What does not fit goes on below its line.
    expect(stdout).toMatch(/^ {4}directory$/m)
  })
})
