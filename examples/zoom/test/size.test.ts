import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const folder = join(import.meta.dirname, '..', 'src')
const filesBut = (left: string) => readdirSync(folder).filter((name) => name !== left)
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8')

test('a provider for Zoom takes 400 lines at most, without its simulator', () => {
  const lines = filesBut('simulator.ts').reduce((sum, name) => sum + textOf(name).split('\n').length - 1, 0)
  expect(lines).toBeLessThanOrEqual(400)
})

test('it imports the provider kit and nothing else of Seatlens, and its simulator the simulator kit', () => {
  const importsOf = (name: string) => [...textOf(name).matchAll(/from '([^.'][^']*)'/g)].map(([, from = '']) => from)
  const allowed = /^(seatlens\/provider-kit|io-ts|fp-ts\/lib\/\w+\.js)$/
  for (const name of filesBut('simulator.ts')) {
    expect(importsOf(name).filter((from) => !allowed.test(from))).toEqual([])
  }
  expect(importsOf('simulator.ts').filter((from) => from.startsWith('seatlens'))).toEqual(['seatlens/simulator-kit'])
})
