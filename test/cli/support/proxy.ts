import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { listening } from '../../listening.ts'

const listen = async (server: Server): Promise<number> => {
  const { port, stop } = await listening(server)
  onTestFinished(() => void stop())
  return port
}

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

/** A certificate that nobody has signed but itself, for all hosts of a domain and this machine, good for a day. */
export const createCertificate = (domain: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'seatlens-certificate-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'key.pem')
  const names = `subjectAltName=DNS:*.${domain},IP:127.0.0.1`
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${domain}`]
  execFileSync('openssl', [...words, '-addext', names, '-keyout', keyFile, '-out', file], { stdio: 'ignore' })
  return { file, cert: readFileSync(file), key: readFileSync(keyFile) }
}

const DEFINITIONS = [{ id: 'cloudCX2', description: 'Genesys Cloud CX 2' }]

/** As much of Genesys Cloud as `seatlens licenses` asks for, over TLS where there is a certificate. */
export const startVendor = async (certificate?: { readonly cert: Buffer; readonly key: Buffer }) => {
  const seen: string[] = []
  const answer = ({ method, url }: IncomingMessage) => {
    seen.push(`${method} ${url}`)
    return url === '/oauth/token' ? { access_token: 'a-token-of-the-test', expires_in: 86_400 } : DEFINITIONS
  }
  const port = await listen(
    certificate === undefined
      ? createServer((request, response) => response.end(JSON.stringify(answer(request))))
      : createSecureServer(certificate, (request, response) => response.end(JSON.stringify(answer(request)))),
  )
  return { port, seen }
}

export interface ProxyOptions {
  /** Where every host is, as names of the test have no address. */
  readonly port: number
  /** What a tunnel is refused with. Default: none is. */
  readonly refuseWith?: number
}

/** A proxy as companies have them: passes plain requests on, and opens tunnels to what is encrypted. */
export const startProxy = async ({ port: target, refuseWith }: ProxyOptions) => {
  const seen: string[] = []
  const authorizations = new Set<string | undefined>()
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    const { pathname } = new URL(request.url ?? '')
    const onward = httpRequest(
      { port: target, host: '127.0.0.1', method: request.method, path: pathname },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    request.pipe(onward)
  })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    seen.push(`CONNECT ${request.url}`)
    authorizations.add(request.headers['proxy-authorization'])
    if (refuseWith !== undefined) return socket.end(`HTTP/1.1 ${refuseWith} No\r\n\r\n`)
    const onward = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    for (const end of [socket, onward]) end.on('error', () => end.destroy())
    return onward
  })
  const port = await listen(server)
  return { address: `127.0.0.1:${port}`, seen, authorizations }
}
