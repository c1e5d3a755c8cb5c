import { Command } from 'commander'
import type { RunAction } from '../invocation.ts'
import type { PseudonymKeyOptions } from '../snapshot/pseudonym-key.ts'
import { providerOption } from './options.ts'

export interface SnapshotOptions extends PseudonymKeyOptions {
  readonly output: string
  readonly provider?: readonly string[]
  readonly verify?: boolean
}

export const snapshotCommand = (run: RunAction): Command =>
  new Command('snapshot')
    .description(
      'Reads everything and keeps it in a folder with checksums, for reports, checks and plans with --from, and for diff.',
    )
    .requiredOption(
      '--output <folder>',
      'the folder to make, with those that it is in; it appears as a whole or not at all, and must not exist',
    )
    .addOption(providerOption())
    .option('--verify', 'read everything until two readings agree: sees what a single one cannot')
    .option('--pseudonymize', 'replace names, addresses, user ids and departments, alike wherever they are alike')
    .option('--key-file <file>', 'with --pseudonymize: the key is in this file')
    .option('--key-variable <name>', 'with --pseudonymize: the key is in this environment variable')
    .addHelpText(
      'after',
      `
Examples:
  seatlens snapshot --output snapshots/2026-11-20
  seatlens report --from snapshots/2026-11-20
  seatlens diff snapshots/2026-10-20 snapshots/2026-11-20
  seatlens snapshot --output shared --pseudonymize --key-file pseudonyms.key

It holds what the providers told, with names and addresses, the configured prices, and no credentials; only its owner can
read it. manifest.json says how it was read, and has the SHA-256 of each file: one byte changed, and it is refused.
These are checksums against damage and careless edits, and no signature.

With --pseudonymize, names, addresses, user ids and departments are replaced under the key (16 bytes or more, text or not).
Of the last activity the day is kept, people are in the order of their new ids, and what vendors said of failures, their
codes too, is left out. What stays of people is the licenses that they hold, their status and kind (internal, external),
and that day: an unusual set of licenses may still be recognized. What stays of the organization is its licenses, with
names, sites (siteUrl), subscriptions and prices. Make the key at random: openssl rand -hex 32 > pseudonyms.key

An interrupted run (exit 130) and one in which every provider failed leave nothing behind. What could be read of the
others is kept (exit 5), and says what is missing in every report from it.`,
    )
    .action((options: SnapshotOptions) =>
      run(async (invocation) => (await import('../actions/snapshot.ts')).snapshot(invocation, options)),
    )
