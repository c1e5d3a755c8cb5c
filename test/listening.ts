import type { Server } from 'node:net'

export interface Listening {
  readonly port: number
  readonly stop: () => Promise<void>
}

/** Makes a server of a test listen on this machine, on a port that is free. Stopping it ends its connections. */
export const listening = async (server: Server & { readonly closeAllConnections?: () => void }): Promise<Listening> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections?.()
    })
  return { port: address.port, stop }
}
