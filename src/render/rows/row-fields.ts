import type { FilterField } from '../../filter/index.ts'
import type { GridColumn } from '../grid/grid.ts'
import type { RowMistake, RowOptions } from './row-options.ts'

/** The lists of rows that can be filtered. */
export const rowKinds = ['licenses', 'users'] as const
/** One of {@link rowKinds}. */
export type RowKind = (typeof rowKinds)[number]

const columnsOf: Readonly<Record<RowKind, () => Promise<readonly GridColumn[]>>> = {
  licenses: async () => (await import('../lists/license-lists.ts')).licenseList.fields.map(({ column }) => column),
  users: async () =>
    (await import('../lists/user-lists.ts')).userList({ labelOf: (_, id) => id }).fields.map(({ column }) => column),
}

/** What the columns of such rows are called in {@link RowOptions}, and what they hold. */
export const rowFields = async (kind: RowKind): Promise<readonly FilterField[]> =>
  (await import('./select-rows.ts'))
    .fieldColumns(await columnsOf[kind]())
    .map(({ key, heading, holds, separator }) => ({
      key,
      heading,
      holds,
      ...(separator === undefined ? {} : { separator }),
    }))

/** What is wrong with the options, before there are rows; nothing where they fit. */
export const rowMistakesIn = async (kind: RowKind, options: RowOptions): Promise<readonly RowMistake[]> =>
  (await import('./select-rows.ts')).mistakesIn(await columnsOf[kind](), options)
