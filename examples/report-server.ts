import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { createLicenseReport } from 'seatlens'
import { piecesOf, renderReport, reportFormats } from 'seatlens/render'
import { providers } from './providers.ts'

const types = {
  table: 'text/plain; charset=utf-8',
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/**
 * Answers every request with a new report, in the format of the path (`/report.html`). It stops reading when the client
 * disconnects.
 */
const server = createServer(async (request, response) => {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const format = reportFormats.find((one) => request.url === `/report.${one}`) ?? 'json'
  const report = await createLicenseReport({ signal: gone.signal, deadlineMs: 60_000, detail: true })(providers)()
  response.writeHead(200, { 'content-type': types[format] })
  Readable.from(piecesOf(await renderReport(report, { format }))).pipe(response)
  console.log(request.method, request.url, report.complete ? 'complete' : 'partial')
})

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}`)
})
