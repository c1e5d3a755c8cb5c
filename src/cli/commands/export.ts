import { Command, Option } from 'commander'
import type { RunAction } from '../invocation.ts'

export interface ExportOptions {
  readonly format?: 'parquet'
  readonly output?: string
  readonly to?: string
}

export const exportCommand = (run: RunAction): Command =>
  new Command('export')
    .description('Adds snapshots as tables to files of Parquet or to PostgreSQL. Offline but for the database.')
    .argument('[folders...]', 'more folders, as a shell writes them for --from snapshots/*')
    .option('--output <folder>', 'the folder of the files, made with its parents; files in it stay as they are')
    .addOption(
      new Option('--format <format>', 'with --output: what the files are (default: parquet)').choices(['parquet']),
    )
    .option(
      '--to <address>',
      `a database: postgres://user@host/name, without the password, or \${NAME} of the environment`,
    )
    .addHelpText(
      'after',
      `
Examples:
  seatlens export --output lake --from snapshots
  seatlens export --format parquet --output lake --from europe --from asia
  seatlens export --to postgres://seatlens@db.example.com/licenses --from snapshots
  seatlens export --to '\${DATABASE_URL}' --from snapshots/2026-11-20

Once: npm install @duckdb/node-api, and for --to: npm install pg pg-copy-streams

The tables are those of seatlens query: snapshots, licenses, users, assignments,
findings and people. Each snapshot is added once: exporting twice adds nothing.
docs/administrators/export.md says how Power BI, Tableau, Spark, DuckDB and SQL
read them.

--output: a file has the rows of one snapshot and one provider:
  users/day=2026-11-20/provider=genesys/0123456789abcdef.parquet
  people/day=2026-11-20/0123456789abcdef.parquet
People may be in several providers: their files are for all of them. A file
appears whole or not at all, and only its owner can read it.

--to: the tables are in the schema seatlens, which is made, or brought to the
present version. A snapshot is added in one transaction. If the database goes
away (1), run it again: it goes on with the next snapshot. The password is in
PGPASSWORD or a password file (PGPASSFILE), or \${NAME} stands in its place.

Damaged snapshots and those of a later format are left out and named on stderr
(5); it is 5 as well if a snapshot that was added is partial.`,
    )
    .action((folders: readonly string[], options: ExportOptions) =>
      run(async (invocation) => (await import('../actions/export.ts')).exportTables(invocation, folders, options)),
    )
