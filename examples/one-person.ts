import { describeError, type LicenseProvider, toReadonlyArray } from 'seatlens'
import { type PersonInProvider, renderPerson, textOf } from 'seatlens/render'
import { providers } from './providers.ts'

const [email = 'ada@example.com'] = process.argv.slice(2)

/** The person in one provider: nothing, or the user with the names of the licenses that the user holds. */
const lookUp = async (provider: LicenseProvider): Promise<readonly PersonInProvider[]> => {
  const found = await provider.getUser({ email })()
  if (found._tag === 'Left') {
    // A provider that fails is told. It hides nothing that the others know.
    if (found.left._tag !== 'NotFound') console.error(describeError(found.left))
    return []
  }
  // If the licenses cannot be listed, they are shown by their ids.
  const listed = await toReadonlyArray(provider.listLicenses())()
  const names = new Map(listed._tag === 'Left' ? [] : listed.right.items.map(({ id, name }) => [id, name]))
  const { licenseIds } = found.right
  return [{ ...found.right, licenses: licenseIds.map((id) => ({ id, name: names.get(id) ?? id })) }]
}

const person = (await Promise.all(providers.map(lookUp))).flat()
console.log(await textOf(await renderPerson(person, { format: 'table' })))
