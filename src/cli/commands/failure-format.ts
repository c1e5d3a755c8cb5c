import { extname } from 'node:path'
import { type FailureFormat, failureFormats } from '../../render/index.ts'

/** The format that the name of the file of `--failures` promises; undefined where it promises none that there is. */
export const failureFormatOf = (name: string): FailureFormat | undefined =>
  failureFormats.find((format) => extname(name).toLowerCase() === `.${format}`)
