import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Encrypts what only workers may read. */
export interface Sealing {
  /** `about` belongs to the text: it cannot be opened as something else's. */
  readonly seal: (text: string, about: string) => string
  readonly open: (sealed: string, about: string) => string
}

/** The keys are wrong, or do not fit what they are to open. */
export class SealMistake extends Error {}

const KEY_BYTES = 32

/**
 * AES-256-GCM with the keys of `FLEET_TOKEN_KEYS`: `new:BASE64,old:BASE64`. The first one seals, each of them opens: to change
 * keys, put a new one in front, run `reseal`, and take the old one away.
 */
export const createSealing = (keys: string): Sealing => {
  const entries = keys.split(',').map((entry) => {
    const [id = '', base64 = ''] = entry.trim().split(':')
    const key = Buffer.from(base64, 'base64')
    if (!/^\w+$/.test(id) || key.length !== KEY_BYTES) {
      throw new SealMistake(
        'FLEET_TOKEN_KEYS: expected NAME:KEY with 32 bytes in base64, as openssl rand -base64 32 prints them',
      )
    }
    return [id, key] as const
  })
  const byId = new Map(entries)
  return {
    seal: (text, about) => {
      const [id, key] = entries[0] as (typeof entries)[number]
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about))
      const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [id, ...[iv, cipher.getAuthTag(), bytes].map((part) => part.toString('base64url'))].join('.')
    },
    open: (sealed, about) => {
      const [id = '', iv = '', tag = '', bytes = ''] = sealed.split('.')
      const key = byId.get(id)
      if (key === undefined) throw new SealMistake(`FLEET_TOKEN_KEYS has no key ${id}, with which a token was sealed`)
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 })
        decipher.setAAD(Buffer.from(about)).setAuthTag(Buffer.from(tag, 'base64url'))
        return Buffer.concat([decipher.update(Buffer.from(bytes, 'base64url')), decipher.final()]).toString('utf8')
      } catch {
        throw new SealMistake(`a token could not be opened: it was changed, or key ${id} is another one than it was`)
      }
    },
  }
}
