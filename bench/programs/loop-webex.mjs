// The least that can be done: fetch and JSON.parse for the same pages of Webex, eight lists at the same time. The second argument
// is the `userSource`: the list of `people`, those of holders by `licenses`, longest first, or `both`.
const [text, userSource] = process.argv.slice(2)
const { apiUrl, accessToken } = JSON.parse(text)
const get = async (url) => {
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })
  const [, next] = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '') ?? []
  return { body: JSON.parse(await response.text()), next }
}

const users = new Set()
const readPeople = async () => {
  for (let url = `${apiUrl}/people?max=1000`; url !== undefined; ) {
    const { body, next } = await get(url)
    for (const { id, licenses } of body.items) if (licenses.length > 0) users.add(id)
    url = next
  }
}
const readHolders = async (license) => {
  for (let url = `${apiUrl}/licenses/${license.id}?includeAssignedTo=user&limit=300`; url !== undefined; ) {
    const { body, next } = await get(url)
    for (const { id } of body.users ?? []) users.add(id)
    url = next
  }
}

const lists = userSource === 'licenses' ? [] : [readPeople]
if (userSource !== 'people') {
  const { items } = (await get(`${apiUrl}/licenses`)).body
  const longestFirst = items.sort((one, other) => other.consumedUnits - one.consumedUnits)
  lists.push(...longestFirst.map((license) => () => readHolders(license)))
}
let place = 0
await Promise.all(
  Array.from({ length: 8 }, async () => {
    while (place < lists.length) await lists[place++]()
  }),
)
console.log(users.size)
