import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createLicenseReport, httpStatusOf } from 'seatlens'
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

/** Answers with a new report. It stops reading when the client disconnects. */
const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const format = request.url === '/' ? 'json' : reportFormats.find((one) => request.url === `/report.${one}`)
  if (format === undefined) {
    response.writeHead(404, { 'content-type': types.table })
    response.end(`see ${reportFormats.map((one) => `/report.${one}`).join(', ')}\n`)
    return
  }
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const report = await createLicenseReport({ signal: gone.signal, deadlineMs: 60_000, detail: true })(providers)()
  // Before the head is sent: what cannot be rendered is no answer with status 200.
  const content = await renderReport(report, { format })
  response.writeHead(200, { 'content-type': types[format] })
  await pipeline(Readable.from(piecesOf(content)), response)
  console.log(request.method, request.url, report.complete ? 'complete' : 'partial')
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(request.method, request.url, error)
    if (!response.headersSent) response.writeHead(httpStatusOf(error))
    response.end()
  })
})

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`http://127.0.0.1:${address?.port}`)
})
