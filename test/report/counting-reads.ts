import type { LicensedUser, LicenseProvider } from '../../src/index.ts'

/** The same provider, whose users count how often anything of them is read. */
export const counting = (provider: LicenseProvider, count: () => void): LicenseProvider => ({
  ...provider,
  listUsers: (request) => {
    const list = provider.listUsers(request)
    return {
      ...list,
      pages: async function* () {
        for await (const page of list.pages()) {
          if (page._tag === 'Left') yield page
          else {
            const items = page.right.items.map(
              (item): LicensedUser =>
                new Proxy(item, {
                  get: (target, key) => {
                    count()
                    return Reflect.get(target, key)
                  },
                }),
            )
            yield { ...page, right: { ...page.right, items } }
          }
        }
      },
    }
  },
})
