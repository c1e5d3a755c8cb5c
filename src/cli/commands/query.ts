import { Command, Option } from 'commander'
import { valueFormats } from '../../render/index.ts'
import type { RunAction } from '../invocation.ts'
import { formatByName } from './format-by-name.ts'
import { formatOption, outputOption } from './options.ts'

export interface QueryOptions {
  readonly format: (typeof queryFormats)[number]
  readonly output?: string
  readonly file?: string
  /** `--no-keep` makes it false. */
  readonly keep: boolean
}

const queryFormats = [...valueFormats, 'parquet'] as const

/** `--no-keep`, for what makes tables of snapshots. */
export const noKeepOption = (): Option =>
  new Option('--no-keep', 'make the tables of the snapshots for this run only (default: keep them in each snapshot)')

/**
 * SQL may begin with a comment, `-- what it is for`, which would be taken for an option. No option has white space behind its
 * dashes.
 */
export const withCommentsInSql = (args: readonly string[]): readonly string[] =>
  args.map((argument) => (/^--\s/.test(argument) ? ` ${argument}` : argument))

/** The options of a query, wherever its snapshots come from. */
export const withQueryOptions = (command: Command): Command =>
  command
    .addOption(formatOption(queryFormats))
    .addOption(outputOption())
    .addOption(new Option('--file <file>', 'read the SQL from this file, or from stdin with -'))
    .hook('preAction', formatByName)

export const queryCommand = (run: RunAction): Command =>
  withQueryOptions(
    new Command('query')
      .description('Asks snapshots anything, in SQL. Offline; it needs the package @duckdb/node-api.')
      .argument('[sql]', 'one SELECT, in the SQL of DuckDB')
      .argument('[folders...]', 'more folders, as a shell writes them for --from snapshots/*'),
  )
    .addOption(noKeepOption())
    .addHelpText(
      'after',
      `
Examples:
  seatlens query "FROM newest.licenses WHERE available < 0" --from snapshots
  seatlens query "DESCRIBE users" --from snapshots/2026-11-20
  seatlens query --file idle.sql --from snapshots --format csv
  seatlens query "FROM findings" --from snapshots --output findings.parquet
  seatlens demo query "SELECT rule, count(*) FROM newest.findings GROUP BY ALL"

Once: npm install @duckdb/node-api

The views are snapshots, licenses, users, assignments, findings and people;
docs/administrators/query.md has their columns and queries that are ready for
use. newest.users has the rows of the newest snapshot of each provider, and
daily.users those of each provider and day: so it is with each view. Without
it, a seat is there once for each snapshot.
Where a number is not known, it is NULL, and the column _reason beside it says
why; _kind keeps apart what is unknown, unlimited and not applicable.

--from: the folder of a snapshot or of snapshots. Damaged snapshots are left
out and named on stderr (5), as well as those that are partial.

A query only reads, and only these views: no files, no network, no settings.
It has 1 GB of memory, and 10 GB for temporary files. The first query makes the
tables, which are kept in a folder .seatlens-tables within each snapshot. They
have what the snapshot has, are as private, and go away with it.`,
    )
    .action((sql: string | undefined, folders: readonly string[], options: QueryOptions) =>
      run(async (invocation) => (await import('../actions/query.ts')).query(invocation, sql, folders, options)),
    )
