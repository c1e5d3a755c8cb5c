import { Command, Option } from 'commander'
import type { RunAction } from '../invocation.ts'
import type { PseudonymKeyOptions } from '../snapshot/pseudonym-key.ts'
import { providerOption, wholeNumber } from './options.ts'

export interface SnapshotOptions extends PseudonymKeyOptions {
  readonly output: string
  readonly keep?: number
  readonly provider?: readonly string[]
  readonly verify?: boolean
}

export const snapshotCommand = (run: RunAction): Command =>
  new Command('snapshot')
    .description('Reads everything and keeps it in a folder, for --from, diff and trend.')
    .requiredOption(
      '--output <folder>',
      'the new folder, made with its parents; it must not exist, and appears whole or not at all',
    )
    .addOption(providerOption())
    .addOption(
      new Option(
        '--keep <number>',
        'then remove older snapshots beside the new one, so that so many stay, the new one included',
      ).argParser(wholeNumber(1, 100_000)),
    )
    .option('--verify', 'read everything until two readings agree, to see changes during the reading')
    .option('--pseudonymize', 'replace names, addresses, user ids and departments by pseudonyms')
    .option('--key-file <file>', 'with --pseudonymize: the key is in this file')
    .option('--key-variable <name>', 'with --pseudonymize: the key is in this environment variable')
    .addHelpText(
      'after',
      `
Examples:
  seatlens snapshot --output snapshots/2026-11-20
  seatlens report --from snapshots/2026-11-20
  seatlens diff snapshots/2026-10-20 snapshots/2026-11-20
  seatlens snapshot --output snapshots/2026-11-20 --keep 60
  seatlens snapshot --output shared --pseudonymize --key-file pseudonyms.key

A snapshot holds what the providers gave, with names and addresses, and the
configured prices. It holds no credentials. Only its owner can read it.
manifest.json says how everything was read, and has the SHA-256 of each file. A
file with one changed byte is refused. These are checksums against damage and
careless edits, and no signature.

--pseudonymize: the key has 16 bytes or more. Make it at random:
  openssl rand -hex 32 > pseudonyms.key
The same value gets the same pseudonym everywhere. Kept of people: the licenses
that they hold, status, kind (internal, external), and the day of the last
activity. An unusual set of licenses may still be recognized. Kept of the
organization: its licenses, with names, sites (siteUrl), subscriptions and
prices. Left out: the order of people, the time of the last activity, and the
words and codes of vendors about failures.

--keep removes by the time in the manifest, not by the name, and only after the
new snapshot is on the disk. It leaves the newest complete snapshot, snapshots
of providers that the new one does not have, damaged ones, and folders that
have other files in them.

An interrupted run (exit code 130) and a run in which every provider failed
leave nothing behind. If some data could not be read (5), the rest is kept, and
every report from the snapshot says what is missing.`,
    )
    .action((options: SnapshotOptions) =>
      run(async (invocation) => (await import('../actions/snapshot.ts')).snapshot(invocation, options)),
    )
