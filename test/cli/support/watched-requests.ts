import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import { onTestFinished, vi } from 'vitest'

/** What is heard of the requests of the command line, as Node sends them. */
export interface RequestWatch {
  /** With a signal that has fired, nothing is sent. */
  readonly onRequest?: (options: RequestOptions) => void
  readonly onBody?: (body: string) => void
  /** `status`: undefined where no answer came. */
  readonly onAnswer?: (status: number | undefined) => void
  readonly onAnswerBody?: (body: string) => void
}

type Started = (url: URL, options: RequestOptions, answered: (message: IncomingMessage) => void) => ClientRequest

const hearAnswer = (message: IncomingMessage, onAnswerBody: (body: string) => void): void => {
  const pieces: Buffer[] = []
  const push = message.push.bind(message)
  // Its listeners would take the answer away from whoever reads it.
  message.push = (piece: Buffer | null, ...rest) => {
    if (piece === null) onAnswerBody(Buffer.concat(pieces).toString())
    else pieces.push(piece)
    return push(piece, ...rest)
  }
}

/** Listens to all requests over plain HTTP until the end of the test. */
export const watchRequests = ({ onRequest, onBody, onAnswer, onAnswerBody }: RequestWatch): void => {
  const http = process.getBuiltinModule('node:http')
  const request: Started = http.request
  const watched: Started = (url, options, answered) => {
    onRequest?.(options)
    let isOver = false
    const hear = (status: number | undefined) => {
      if (!isOver) onAnswer?.(status)
      isOver = true
    }
    const sent = request(url, options, (message) => {
      hear(message.statusCode)
      if (onAnswerBody !== undefined) hearAnswer(message, onAnswerBody)
      answered(message)
    })
    sent.once('close', () => hear(undefined))
    const end = sent.end.bind(sent)
    sent.end = (body?: unknown) => {
      onBody?.(typeof body === 'string' ? body : '')
      return end(body)
    }
    return sent
  }
  const spy = vi.spyOn(http, 'request').mockImplementation(watched as typeof http.request)
  onTestFinished(() => spy.mockRestore())
}
