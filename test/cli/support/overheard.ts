import { onTestFinished, vi } from 'vitest'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** What is secret in a form or in the answer to one. */
const SECRET_FIELDS = ['client_secret', 'refresh_token', 'access_token']

/** Listens to everything that is sent over the network, and gathers all that must be told to nobody else. */
export const overhear = (): ReadonlySet<string> => {
  const secrets = new Set<string>()
  const keep = (value: unknown) => {
    if (typeof value === 'string' && value !== '') secrets.add(value)
  }
  const { fetch } = globalThis
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init)
    keep(request.headers.get('authorization')?.replace(/^\w+ +/, ''))
    const form = new URLSearchParams(await request.clone().text())
    for (const field of SECRET_FIELDS) keep(form.get(field))
    const response = await fetch(request)
    const answer: unknown = await response
      .clone()
      .json()
      .catch(() => undefined)
    if (isRecord(answer)) for (const field of SECRET_FIELDS) keep(answer[field])
    return response
  })
  onTestFinished(() => spy.mockRestore())
  return secrets
}
