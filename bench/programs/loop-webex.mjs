// The least that can be done: fetch and JSON.parse for the same pages of Webex, up to eight lists at the same time, longest first.
const [text, route] = process.argv.slice(2)
const { apiUrl, accessToken } = JSON.parse(text)
const get = async (url) => {
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })
  const [, next] = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '') ?? []
  return { body: JSON.parse(await response.text()), next }
}

const users = new Set()
if (route === 'people') {
  for (let url = `${apiUrl}/people?max=1000`; url !== undefined; ) {
    const { body, next } = await get(url)
    for (const { id, licenses } of body.items) if (licenses.length > 0) users.add(id)
    url = next
  }
} else {
  const { body } = await get(`${apiUrl}/licenses`)
  const lists = body.items.sort((one, other) => other.consumedUnits - one.consumedUnits)
  let place = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (place < lists.length) {
        const { id } = lists[place++]
        for (let url = `${apiUrl}/licenses/${id}?includeAssignedTo=user&limit=300`; url !== undefined; ) {
          const { body: license, next } = await get(url)
          for (const user of license.users ?? []) users.add(user.id)
          url = next
        }
      }
    }),
  )
}
console.log(users.size)
