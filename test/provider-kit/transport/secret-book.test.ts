import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Answers, type Credentials } from '../../../src/provider-kit/index.ts'
import { mintedCredentials } from '../../../src/provider-kit/transport/credentials.ts'
import { createSecretBook } from '../../../src/provider-kit/transport/secret-book.ts'
import { withoutNetwork } from '../../providers/without-network.ts'
import { get, outcome, transportWith } from './transport-with.ts'
import { vendor } from './vendor.ts'
import { createVirtualClock } from './virtual-clock.ts'

withoutNetwork()

const secret = 'S3cr+t/of=the "client" ü'
const base64 = (text: string) => Buffer.from(text).toString('base64')

const forms: Readonly<Record<string, string>> = {
  'as it is': secret,
  'in an address': encodeURIComponent(secret),
  'in an address, in lower case': encodeURIComponent(secret).toLowerCase().replace('s3cr', 'S3cr'),
  'in a form': new URLSearchParams({ x: secret }).toString().slice(2),
  'in JSON': JSON.stringify(secret).slice(1, -1),
  'in JSON that escapes what it may': JSON.stringify(secret).slice(1, -1).replace('/', '\\/').replace('ü', '\\u00fc'),
  'in base64': base64(secret),
  'in base64 for addresses': Buffer.from(secret).toString('base64url'),
}

describe('a secret of the book is masked', () => {
  for (const [form, text] of Object.entries(forms)) {
    test(form, () => {
      const masked = createSecretBook(secret).mask(`you sent ${text} to us`)
      expect(masked).not.toContain(text)
      expect(masked).toMatch(/^you sent \*\*\*.{0,3} to us$/)
    })
  }

  for (const alphabet of ['base64', 'base64url'] as const) {
    test(`where the two kinds of base64 differ, in ${alphabet}`, () => {
      const odd = '>>>>>>??????~~~~~~'
      const text = Buffer.from(odd).toString(alphabet)
      expect(text).toMatch(alphabet === 'base64' ? /\+.*\// : /-.*_/)
      expect(createSecretBook(odd).mask(text)).toBe('***')
    })
  }

  for (const before of ['', 'a', 'ab', 'abc', 'client-id:']) {
    test(`inside of the base64 of something longer, after ${before.length} characters`, () => {
      const text = base64(`${before}${secret}-and-more`)
      const masked = createSecretBook(secret).mask(text)
      expect(masked).toContain('***')
      // Nothing of it is left but what its neighbors have a part in.
      const left = Buffer.from(masked.split('***')[0] ?? '', 'base64').toString()
      expect(left.slice(before.length).length).toBeLessThanOrEqual(1)
    })
  }

  test('wherever it is, and however often', () => {
    expect(createSecretBook('hunter22').mask('hunter22, hunter22hunter22.')).toBe('***, ***.')
  })

  test('as a whole where one secret is the beginning of another', () => {
    expect(createSecretBook('hunter22', 'hunter22-and-more').mask('it is hunter22-and-more!')).toBe('it is ***!')
  })

  test('as a whole where one secret is inside of another, whichever came first', () => {
    expect(createSecretBook('hunter22-and-more', 'hunter22', 'and-more').mask('it is hunter22-and-more!')).toBe(
      'it is ***!',
    )
  })

  test('wherever it is, in whatever order the secrets came', () => {
    const book = createSecretBook('third-secret', 'second-secret', 'first-secret')
    expect(book.mask('first-secret, second-secret, third-secret')).toBe('***, ***, ***')
  })

  test('also when it was added later, and after another has taken its place', () => {
    const book = createSecretBook('first-token')
    book.add('second-token')
    expect(book.mask('first-token second-token')).toBe('*** ***')
  })

  test('also where the end of what is looked at goes through it', () => {
    for (let before = 1_900; before < 2_010; before++) {
      expect(
        createSecretBook('hunter22').mask(`${'hunter22'.repeat(200)}${' '.repeat(before - 1_600)}hunter22`),
      ).not.toMatch(/h|2/)
    }
  })

  /** A secret of so many characters that no part of it comes again. */
  const long = (length: number) => Array.from({ length }, (_, at) => String.fromCharCode(0x4e00 + at)).join('')

  test('also where that end goes through a long one', () => {
    const token = long(1_100)
    expect(createSecretBook(token).mask(`${token} ${token}`)).not.toMatch(/[\u4e00-\u9fff]/)
  })

  test('and nothing is shown of an address that goes on after that end', () => {
    const token = long(1_900)
    expect(createSecretBook(token).mask(`${token}${' '.repeat(93)}jane.doe@example.com`)).not.toContain('jane')
  })

  test('and a text that ends there is shown to its end', () => {
    const token = long(1_990)
    expect(createSecretBook(token).mask(`${token} is wrong.`)).toBe('*** is wrong.')
  })

  test('but not where it is too short to be one', () => {
    expect(createSecretBook('short', '').mask('a short text')).toBe('a short text')
  })
})

describe('an address is masked', () => {
  for (const text of [
    'josé.núñez@example.com',
    '李雷@例子.公司',
    'иван@пример.рф',
    'jane＠example.com',
    'jane%40example.com',
    'jane&#64;example.com',
    'jane\\u0040example.com',
    '"jane doe"@example.com',
    "o'brien@example.com",
    'zoe\u0301@exa\u0308mple.org',
  ]) {
    test(`such as ${text}`, () => {
      expect(createSecretBook().mask(`no user ${text} here`)).toBe('no user ***@*** here')
    })
  }
})

test('what masking takes does not grow with the text: no more than its beginning is looked at', () => {
  const book = createSecretBook('hunter22')
  const text = 'hunter22 jane@example.com a@a@ eyJ eyJ- token    '.repeat(400_000)
  const reads: number[] = []
  const watched = new Proxy(Object(text), {
    get: (target, name) => {
      const member = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...args: readonly unknown[]) => {
        const result: unknown = member.apply(text, args)
        reads.push(typeof result === 'string' ? result.length : Number.POSITIVE_INFINITY)
        return result
      }
    },
  })
  expect(book.mask(watched)).toBe(book.mask(text))
  expect(Math.max(...reads)).toBeLessThan(3_000)
})

describe('a correlation id is shown', () => {
  const shown = (correlationId: string, secrets = createSecretBook('hunter22')) =>
    Answers.vendorWords({ correlationId }, secrets).correlationId

  for (const [text, id] of [
    ['ROUTER_6592-a:b.c', 'ROUTER_6592-a:b.c'],
    ['x'.repeat(128), 'x'.repeat(128)],
    ['one, one', 'one'],
    ['one,one, one', 'one'],
  ] as const) {
    test(`as ${id.slice(0, 20)} where it is ${text.slice(0, 20)}`, () => {
      expect(shown(text)).toBe(id)
    })
  }

  for (const text of [
    '',
    'x'.repeat(129),
    'one, two',
    'jane@example.com',
    'a b',
    '<b>',
    'hunter22',
    'id-hunter22-x',
    '\u001b[31m',
    'é',
    'x, '.repeat(1_000_000),
  ]) {
    test(`and left out where it is ${JSON.stringify(text.slice(0, 20))}`, () => {
      expect(shown(text)).toBeUndefined()
    })
  }
})

describe('an error of one provider does not repeat', () => {
  const minting = (secrets = createSecretBook('the-client-secret')) => {
    let mints = 0
    return mintedCredentials({
      clock: createVirtualClock(),
      secrets,
      mint: () => async () => E.right({ token: `token-of-mint-${++mints}` }),
    })
  }
  const errorOf = async (credentials: Credentials, message: string) => {
    vendor().get('/seats').reply(400, { message })
    return outcome(transportWith({ credentials }).transport(get(), {}))
  }

  test('what the credentials that it shares were minted with', async () => {
    expect(await errorOf(minting(), 'not the-client-secret')).toMatchObject({ vendorMessage: 'not ***' })
  })

  test('a token that has been replaced since, and that another provider was sent', async () => {
    const shared = minting()
    vendor().get('/seats').reply(401, {}).get('/seats').reply(200, {})
    await outcome(transportWith({ credentials: shared }).transport(get(), {}))
    expect(await errorOf(shared, 'token-of-mint-1 and token-of-mint-2')).toMatchObject({ vendorMessage: '*** and ***' })
  })

  test('the token of credentials that keep no book', async () => {
    const { secrets: _, ...bookless } = minting()
    expect(await errorOf(bookless, 'not token-of-mint-1')).toMatchObject({ vendorMessage: 'not ***' })
  })
})
