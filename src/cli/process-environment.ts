import { fstatSync, writeSync } from 'node:fs'
import { Writable } from 'node:stream'
import type { OutputStream, ProcessEnvironment, StopSignal } from './environment.ts'

const STDOUT = 1
/** What Node gives the memory of a process in. */
const KIBIBYTE = 1_024

/**
 * A regular file as a stream. Node's own takes a part that fits on a full disk for the whole, and what comes out is short
 * without a word.
 */
const fileStream = (descriptor: number): OutputStream => {
  const stream = new Writable({
    write: (bytes: Uint8Array, _encoding, done) => {
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
  return Object.assign(stream, { fd: descriptor })
}

const isFile = (descriptor: number): boolean => {
  try {
    return fstatSync(descriptor).isFile()
  } catch {
    return false
  }
}

/** Windows alone has SIGBREAK, and sends no SIGTERM: a signal that a system does not have never comes. */
const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGBREAK', 'SIGTERM', 'SIGHUP']

export const processEnvironment: ProcessEnvironment = {
  stdin: process.stdin,
  stdout: isFile(STDOUT) ? fileStream(STDOUT) : process.stdout,
  stderr: process.stderr,
  variables: process.env,
  workingDirectory: process.cwd(),
  timeZone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  platform: process.platform,
  peakMemory: () => process.resourceUsage().maxRSS * KIBIBYTE,
  onInterrupt: (listener) => {
    const listen = (signal: NodeJS.Signals) => listener(stopSignals.find((one) => one === signal))
    for (const signal of stopSignals) process.on(signal, listen)
    return () => {
      for (const signal of stopSignals) process.off(signal, listen)
    }
  },
  exit: (code) => process.exit(code),
}

const flush = (stream: OutputStream): Promise<void> => new Promise((resolve) => stream.write('', () => resolve()))

/** Resolves when everything written has left the process, or cannot leave it any more. */
export const flushed = async ({ stdout, stderr }: Pick<ProcessEnvironment, 'stdout' | 'stderr'>): Promise<void> => {
  await flush(stdout)
  await flush(stderr)
}
