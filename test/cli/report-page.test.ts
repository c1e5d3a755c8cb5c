import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder, type RunOptions, run } from './support/run.ts'

const world: RunOptions = { worlds: { acme: { users: [{ items: [] }] } } }

const page = async (folder: string, ...args: readonly string[]) =>
  run(['report', '--format', 'html', '--output', join(folder, 'page.html'), ...args], world)

describe('report --title and --logo', () => {
  it('head the page, which has the image in it', async () => {
    const folder = await newFolder()
    const logo = join(folder, 'logo.svg')
    await writeFile(logo, '<svg xmlns="http://www.w3.org/2000/svg"/>')
    const { code } = await page(folder, '--title', 'Seats of ACME', '--logo', logo)
    expect(code).toBe(0)
    const text = await readFile(join(folder, 'page.html'), 'utf8')
    expect(text).toContain('<h1>Seats of ACME</h1>')
    expect(text).toContain('src="data:image/svg+xml;base64,')
  })

  it('are expected with --format html', async () => {
    const { code, stderr } = await run(['report', '--title', 'Seats', '--logo', 'logo.png'], world)
    expect(code).toBe(2)
    expect(stderr).toContain('seatlens report: --title: expected with --format html')
    expect(stderr).toContain('--logo: expected with --format html')
  })

  it('say what is wrong with a file before a vendor is asked', async () => {
    const folder = await newFolder()
    const logo = join(folder, 'logo.png')
    const missing = await page(folder, '--logo', logo)
    expect(missing.code).toBe(2)
    expect(missing.stderr).toContain(`${logo}: cannot read the logo: there is no such file`)
    await writeFile(logo, 'no image')
    const foreign = await page(folder, '--logo', logo)
    expect(foreign.code).toBe(2)
    expect(foreign.stderr).toContain(
      `${logo}: expected a PNG, JPEG or SVG image of 256 KiB at most; found something else`,
    )
  })

  it('refuses a title that is no title', async () => {
    const { code, stderr } = await page(await newFolder(), '--title', 'x'.repeat(201))
    expect(code).toBe(2)
    expect(stderr).toContain('--title: expected 200 characters at most')
  })
})
