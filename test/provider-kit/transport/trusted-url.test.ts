import { describe, expect, test } from 'vitest'
import { addressProblem } from '../../../src/provider-kit/transport/trusted-url.ts'

const problemOf = (address: string) => addressProblem(new URL(address))

describe('an address that credentials may be sent to', () => {
  for (const address of [
    'https://api.vendor.example',
    'https://api.vendor.example:8443/v1?x=1',
    'https://10.0.0.1',
    'http://localhost:4010',
    'http://[::1]:4010',
    'http://127.0.0.1:4010',
    'http://127.255.10.200',
  ]) {
    test(`may be ${address}`, () => {
      expect(problemOf(address)).toBeUndefined()
    })
  }

  for (const address of [
    'http://api.vendor.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://128.0.0.1',
    'http://10.127.0.0',
    'http://[::2]',
    'http://[::ffff:127.0.0.1]',
    'ftp://localhost',
    'ws://127.0.0.1',
    'wss://api.vendor.example',
  ]) {
    test(`may not be ${address}, as it is not https`, () => {
      expect(problemOf(address)).toBe('an https address (plain http only to loopback)')
    })
  }

  for (const address of [
    'https://user:password@host.example',
    'https://user@host.example',
    'https://:pw@host.example',
  ]) {
    test(`may not be ${address}, as it holds credentials itself`, () => {
      expect(problemOf(address)).toBe('an address without user name and password in it')
    })
  }
})
