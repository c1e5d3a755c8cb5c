import { createHash } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sha256Base64, sha256Hex, webSha256 } from '../../src/model/sha256.ts'

const TEXT = 'Grüße, 世界'

describe('SHA-256 by Web Crypto', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('is that of Node, in hexadecimal digits and in base64', async () => {
    const hash = createHash('sha256').update(TEXT)
    const [base64, parts] = [hash.copy().digest('base64'), [TEXT.slice(0, 4), TEXT.slice(4)]]
    expect(await sha256Base64(TEXT)).toBe(base64)
    expect(await sha256Hex(TEXT)).toBe(hash.copy().digest('hex'))
    expect(await webSha256(parts.map((part) => new TextEncoder().encode(part)))).toBe(hash.digest('hex'))
  })

  it('says what to do where a browser keeps it from a page', async () => {
    vi.stubGlobal('crypto', {})
    await expect(sha256Base64(TEXT)).rejects.toThrow('serve this page from there')
  })
})
