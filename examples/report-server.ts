import { createServer } from 'node:http'
import { createLicenseReport } from 'seatlens'
import { providers } from './providers.ts'

/** Answers every request with a fresh report, and stops reading when nobody waits for it any more. */
const server = createServer(async (request, response) => {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const report = await createLicenseReport({ signal: gone.signal, deadlineMs: 60_000 })(providers)()
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(report))
  console.log(request.method, request.url, report.complete ? 'complete' : 'partial')
})

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}`)
})
