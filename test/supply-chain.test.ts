import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

interface LockedPackage {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly integrity?: string
  readonly license?: string
}

const root = join(import.meta.dirname, '..')
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
)
const manifest: Record<'dependencies' | 'devDependencies', Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)
const runtime = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true)

describe('what the package brings along', () => {
  it('has exact versions, but for what an application must have once: results are values of fp-ts', () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    const ranges = all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    expect(ranges.map(([name]) => name)).toEqual(['fp-ts', 'io-ts'])
    expect(ranges.filter(([, version]) => !/^\^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  it('is held to what was locked, package by package', () => {
    expect(runtime.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([])
  })

  it('runs no script when it is installed', () => {
    expect(runtime.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([])
  })

  it('may be distributed under MIT', () => {
    const permissive = /^(MIT|ISC|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|0BSD)$/
    expect(runtime.filter(([, { license }]) => !permissive.test(license ?? '')).map(([path]) => path)).toEqual([])
  })
})
