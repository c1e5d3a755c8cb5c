import type { ProviderAccount } from '../snapshot/index.ts'

/** `acme (partial): users: page 2: it was torn`. */
const accountText = ({ id, status, problems }: ProviderAccount): string =>
  `${id} (${status})${problems.length === 0 ? '' : `: ${problems.join('; ')}`}`

/** What had not been read as a whole when a snapshot was made, one line for each provider; none where everything had. */
export const unreadLines = (providers: readonly ProviderAccount[]): readonly string[] =>
  providers.filter(({ status }) => status !== 'complete').map(accountText)
