import { numberText } from '../../model/quantity.ts'
import { invalidOption } from '../invalid-option.ts'
import type { PageHead } from '../report/render-report.ts'
import { mediaTypeOf } from './image-type.ts'

/** An image is part of the page, which people send by mail. */
const MOST_BYTES = 256 * 1_024

const MOST_CHARACTERS = 200

const EXPECTED = `a PNG, JPEG or SVG image of ${MOST_BYTES / 1_024} KiB at most`

/** `String.fromCharCode` takes so many bytes at once. */
const CHUNK = 8_192

const base64 = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}

/**
 * Why bytes cannot be the logo of a page: `expected …; found …`. Undefined where they can.
 */
export const problemOfLogo = (logo: Uint8Array): string | undefined => {
  if (logo.length > MOST_BYTES) return `expected ${EXPECTED}; found ${numberText(Math.ceil(logo.length / 1_024))} KiB`
  return mediaTypeOf(logo) === undefined ? `expected ${EXPECTED}; found something else` : undefined
}

const dataUrlOf = (logo: unknown): string => {
  if (!(logo instanceof Uint8Array)) throw invalidOption('logo', EXPECTED)
  const problem = problemOfLogo(logo)
  if (problem !== undefined) throw invalidOption('logo', EXPECTED, problem)
  return `data:${mediaTypeOf(logo)};base64,${base64(logo)}`
}

const checkedTitle = (title: unknown): string => {
  const expected = `a text of 1 to ${MOST_CHARACTERS} characters`
  if (typeof title !== 'string' || title.trim() === '' || title.length > MOST_CHARACTERS) {
    throw invalidOption('title', expected)
  }
  return title
}

/** Checked, as callers without types may give anything. Throws what the rendering rejects with. */
export const pageHeadOf = (title: unknown, logo: unknown): PageHead => ({
  ...(title === undefined ? {} : { title: checkedTitle(title) }),
  ...(logo === undefined ? {} : { logo: dataUrlOf(logo) }),
})
