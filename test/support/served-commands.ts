import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'

/** The folder of `seatlens`, which hands its command line over, and of programs that documents call. */
export const COMMANDS = join(import.meta.dirname, '..', 'documents', 'bin')

/** A command line that is handed over. */
interface Request {
  readonly folder: string
  readonly args: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

/** The fields of a request of bin/seatlens; undefined as long as they are not all there. */
const requestIn = (text: string): Request | undefined => {
  const fields = text.split('\0')
  const count = Number(fields[0])
  const end = fields.indexOf('', count + 2)
  // A part of it may end behind a field, too: only what comes after the last one says that it is the end.
  if (fields.length < count + 3 || end < 0 || end === fields.length - 1) return undefined
  const variables = fields.slice(count + 2, end).map((field) => {
    const equals = field.indexOf('=')
    return [field.slice(0, equals), field.slice(equals + 1)] as const
  })
  return { folder: fields[1] ?? '', args: fields.slice(2, count + 2), variables: Object.fromEntries(variables) }
}

interface Result {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs in this process what a shell calls as `COMMANDS/seatlens` with these variables: many commands take the time of their
 * work then, and not that of as many starts. Outputs are kept in the folder.
 */
export const serveCommands = async (folder: string, run: (request: Request) => Promise<Result>) => {
  let runs = 0
  const answer = async (socket: Socket, request: Request): Promise<void> => {
    const { code, ...outputs } = await run(request)
    runs += 1
    const [stdout = '', stderr = ''] = ['stdout', 'stderr'].map((name) => join(folder, `${runs}.${name}`))
    await writeFile(stdout, outputs.stdout)
    await writeFile(stderr, outputs.stderr)
    socket.end(`${code} ${stdout} ${stderr}\n`)
  }
  const server = createServer((socket) => {
    let text = ''
    socket.setEncoding('utf8').on('data', (piece) => {
      text += piece
      const request = requestIn(text)
      if (request !== undefined) void answer(socket, request)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    variables: { SEATLENS_PORT: String(port) },
    stop: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
