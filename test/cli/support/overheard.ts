import { watchRequests } from './watched-requests.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** What is secret in a form or in the answer to one. */
const SECRET_FIELDS = ['client_secret', 'refresh_token', 'access_token']

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Listens to everything that is sent over the network, and gathers all that must be told to nobody else. */
export const overhear = (): ReadonlySet<string> => {
  const secrets = new Set<string>()
  const keep = (value: unknown) => {
    if (typeof value === 'string' && value !== '') secrets.add(value)
  }
  watchRequests({
    onRequest: ({ headers }) => {
      const { authorization } = { ...headers } as { readonly authorization?: string }
      keep(authorization?.replace(/^\w+ +/, ''))
    },
    onBody: (body) => {
      const form = new URLSearchParams(body)
      for (const field of SECRET_FIELDS) keep(form.get(field))
    },
    onAnswerBody: (body) => {
      const answer = parsed(body)
      if (isRecord(answer)) for (const field of SECRET_FIELDS) keep(answer[field])
    },
  })
  return secrets
}
