import type { CheckItem } from '../../check/check-result.ts'
import { groupTitles } from '../report/group-words.ts'

/** What an item is about, and what was found, in one line. A finding's message names what it is about. */
export const itemText = ({
  seats,
  name,
  message,
  group,
}: Pick<CheckItem, 'seats' | 'name' | 'message' | 'group'>): string => {
  if (group === undefined) return seats === undefined ? `${name}: ${message}` : message
  const told = message.startsWith(`${name}: `) ? message : `${name}: ${message}`
  // What is none or unknown is said: "Department unknown: 3 findings".
  return group.kind === 'named' ? told : `${groupTitles[group.by]} ${told}`
}
