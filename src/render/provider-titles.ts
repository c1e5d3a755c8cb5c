/** What a provider is called, for people. */
export type ProviderTitles = (id: string) => string

/** Its last name in the list, with its id where another provider has the same name. */
export const providerTitles = (
  providers: readonly { readonly id: string; readonly displayName: string }[],
): ProviderTitles => {
  const names = new Map(providers.map(({ id, displayName }) => [id, displayName]))
  const uses = new Map<string, number>()
  for (const name of names.values()) uses.set(name, (uses.get(name) ?? 0) + 1)
  return (id) => {
    const name = names.get(id)
    if (name === undefined) return id
    return uses.get(name) === 1 ? name : `${name} (${id})`
  }
}
