import { createWebexProvider } from 'seatlens/webex'

const { WEBEX_ACCESS_TOKEN: accessToken = '', WEBEX_API_URL: apiUrl = 'https://webexapis.com/v1' } = process.env
for await (const user of createWebexProvider({ accessToken, apiUrl }).listUsers()) {
  console.log(user.email ?? user.id, user.licenseIds.length)
}
