/** Signs in to Genesys Cloud, and gives what asks for a page: `fetch` and `JSON.parse`, and nothing else. */
export const signedIn = async ({ apiUrl, clientId, clientSecret }) => {
  const login = await fetch(`${apiUrl}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  const { access_token: token } = JSON.parse(await login.text())
  return async (path) =>
    JSON.parse(await (await fetch(`${apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } })).text())
}

/** The pages that `seatlens` reads, with the same fields. */
export const licensesAt = (page) => `/api/v2/license/users?pageSize=100&pageNumber=${page}`
export const peopleAt = (page) =>
  `/api/v2/users?state=any&expand=dateLastLogin,lasttokenissued&pageSize=500&pageNumber=${page}`
