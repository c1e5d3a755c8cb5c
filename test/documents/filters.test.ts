import { describe, expect, it } from 'vitest'
import { type RowKind, rowFields, rowKinds } from '../../src/render/index.ts'
import { read } from './documents.ts'

const HOLDS = { text: 'texts', list: 'lists', number: 'numbers', part: 'percentages', cost: 'costs', time: 'times' }

/** The command that has these rows. */
const COMMANDS: Readonly<Record<RowKind, string>> = {
  licenses: 'licenses',
  users: 'users',
  license: 'report',
  user: 'report --by user',
  assignment: 'report --by assignment',
  purchase: 'report --by purchase',
  organization: 'report --by organization',
  group: 'report --group-by',
  finding: 'report --by finding, plan --fix',
  check: 'check',
}

/** How the page lists the columns of one command. */
const tableOf = async (kind: RowKind): Promise<string> => {
  const fields = await rowFields(kind)
  const kindOf = ({ holds, separator }: (typeof fields)[number]) =>
    separator === undefined ? (holds === 'count' ? 'number' : holds) : 'list'
  const rows = Object.entries(HOLDS).flatMap(([holds, title]) => {
    const keys = fields.filter((field) => kindOf(field) === holds).map(({ key }) => `\`${key}\``)
    return keys.length === 0 ? [] : [`| ${title} | ${keys.join(', ')} |`]
  })
  return [`| ${COMMANDS[kind]} | columns |`, '| --- | --- |', ...rows].join('\n')
}

describe('the page of filters', () => {
  it.each(rowKinds)('has the columns of %s', async (kind) => {
    expect(read('docs/administrators/filters.md')).toContain(`\n${await tableOf(kind)}\n`)
  })
})
