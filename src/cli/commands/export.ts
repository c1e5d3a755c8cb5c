import { Command, Option } from 'commander'
import type { RunAction } from '../invocation.ts'

export interface ExportOptions {
  readonly format: 'parquet'
  readonly output: string
}

export const exportCommand = (run: RunAction): Command =>
  new Command('export')
    .description(
      'Adds snapshots as tables to a folder of Parquet files. Offline; it needs the package @duckdb/node-api.',
    )
    .argument('[folders...]', 'more folders, as a shell writes them for --from snapshots/*')
    .addOption(new Option('--format <format>', 'what the files are').choices(['parquet']).default('parquet'))
    .requiredOption('--output <folder>', 'the folder of the files, made with its parents; files in it stay as they are')
    .addHelpText(
      'after',
      `
Examples:
  seatlens export --output lake --from snapshots
  seatlens export --output lake --from snapshots/2026-11-20
  seatlens export --format parquet --output lake --from emea --from apac

Once: npm install @duckdb/node-api

The tables are those of seatlens query: snapshots, licenses, users, assignments,
findings and people. docs/administrators/export.md says how Power BI, Tableau,
Spark and DuckDB read them.

A file has the rows of one snapshot and one provider:
  users/day=2026-11-20/provider=genesys/0123456789abcdef.parquet
  people/day=2026-11-20/0123456789abcdef.parquet
People may be in several providers: their files are for all of them. A file
appears whole or not at all, and is never written again, so that exporting twice
adds nothing. Only its owner can read it.

Damaged snapshots and those of a later format are left out and named on stderr
(5); it is 5 as well if a snapshot that was added is partial.`,
    )
    .action((folders: readonly string[], options: ExportOptions) =>
      run(async (invocation) => (await import('../actions/export.ts')).exportTables(invocation, folders, options)),
    )
