import type { Command } from 'commander'
import { visibleText } from '../../render/index.ts'
import type { ProcessEnvironment } from '../environment.ts'
import type { Registry } from '../registry-entry.ts'
import { type Candidate, type Expected, expectedAt } from './expected-at.ts'
import { type Place, placeAfter } from './place.ts'

/** What else fits, for which a configuration or the like has to be read. */
const namesFrom = async (
  source: Expected['source'],
  place: Place,
  environment: ProcessEnvironment,
  registry: Registry,
): Promise<readonly Candidate[]> => {
  if (source === undefined || source === 'files' || source === 'folders') return []
  if (source === 'columns') return (await import('./column-names.ts')).columnNames(place)
  const names = await (await import('./known-names.ts')).knownNames(place, environment, registry)
  return source === 'providersAndGroups' ? [...names.providers, ...names.groups] : names[source]
}

/** A terminal must get nothing that it would obey, and the scripts read lines of two columns. */
const isShowable = ({ word }: Candidate): boolean => word !== '' && visibleText(word) === word

const lineOf = ({ word, meaning }: Candidate): string => `${word}\t${visibleText(meaning).replace(/\s+/g, ' ')}\n`

/**
 * Writes what may stand at the cursor of a command line: `--word=` with the word at the cursor, and the words before it. The
 * first line is `files` or `folders` if such names fit too, else `words`; each other line is a word, a tab, and what it means.
 * Never rejects and never complains: that would come in the midst of what a user types.
 */
export const complete = async (
  program: Command,
  [word = '', ...before]: readonly string[],
  environment: ProcessEnvironment,
  registry: Registry,
): Promise<void> => {
  try {
    const place = placeAfter(program, before)
    const expected = expectedAt(place, word.replace(/^--word=/, ''))
    const { source, prefix = '' } = expected
    const words = [...expected.words, ...(await namesFrom(source, place, environment, registry))]
    const paths = source === 'files' || source === 'folders' ? source : 'words'
    const lines = words
      .map(({ word, meaning }) => ({ word: `${prefix}${word}`, meaning }))
      .filter(isShowable)
      .map(lineOf)
    environment.stdout.write([`${paths}\n`, ...lines].join(''))
  } catch {
    // Then nothing is completed.
  }
}
