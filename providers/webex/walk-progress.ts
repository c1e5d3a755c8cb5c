import type { License, Lists } from '../../src/provider-kit/index.ts'

/** How far the walk over the holders of all licenses has come. */
export interface HolderWalkProgress {
  /** Of the license at a position in the list, so many pages with so many holders have been read. */
  readonly read: (position: number, soFar: Pick<Lists.ListProgress, 'pages' | 'items'>) => void
  /** All that could be read of the license at a position was read. `users`: known by now, each once. */
  readonly ended: (position: number, users: number) => void
}

/** The pages that a license will take by the vendor's own counter, in which workspaces may be, too. */
const pagesBy = ({ consumed }: Pick<License, 'consumed'>, pageSize: number): number =>
  consumed.kind === 'known' ? Math.max(1, Math.ceil(consumed.value / pageSize)) : Number.NaN

/**
 * Tells of the walk after every page. Until a license is walked to its end, its holders may be known from other licenses:
 * so many users as one license alone has are there at least. `before`: pages that were read for the walk.
 */
export const openWalkProgress = (
  licenses: readonly Pick<License, 'consumed'>[],
  { pageSize, before, tell }: { pageSize: number; before: number; tell: Lists.WalkStart['progress'] },
): HolderWalkProgress => {
  const pages = licenses.map(() => 0)
  const expected = licenses.map((license) => pagesBy(license, pageSize))
  let items = 0
  const report = (found: number) => {
    items = Math.max(items, found)
    const sum = pages.reduce((all, one) => all + one, before)
    const inTheEnd = expected.reduce((all, one, position) => all + Math.max(one, pages[position] ?? 0), before)
    tell({ items, pages: sum, ...(Number.isNaN(inTheEnd) ? {} : { expectedPages: inTheEnd }) })
  }
  return {
    read: (position, soFar) => {
      pages[position] = soFar.pages
      report(soFar.items)
    },
    ended: (position, users) => {
      expected[position] = pages[position] ?? 0
      report(users)
    },
  }
}
