import { acmeHarness } from '../../examples/acme/harness.ts'
import type { TransportEvent } from '../../src/provider-kit/index.ts'
import type { ConformanceHarness } from '../../src/testing/index.ts'
import { inMemoryHarness } from './in-memory-harness.ts'
import type { Mutant, Mutate } from './mutant.ts'

/** A provider that tells its host other things than it should. */
const telling = (
  change: (event: TransportEvent) => readonly TransportEvent[],
  harness: ConformanceHarness = inMemoryHarness,
): ConformanceHarness => ({
  ...harness,
  serve: (world, disturbance, settings) => {
    const { onEvent } = settings ?? {}
    const tell = (event: TransportEvent) => {
      for (const changed of change(event)) onEvent?.(changed)
    }
    return harness.serve(world, disturbance, { ...settings, onEvent: onEvent && tell })
  },
})

const sound: Mutate = (provider) => provider

export const eventMutants: readonly Mutant[] = [
  {
    defect: 'tells nothing of how single users are looked up',
    killedBy: 'events/attempts',
    saying: 'attempts are told of',
    mutate: sound,
    harness: telling((event) => (event.type === 'attempt' && event.operation === 'getUser' ? [] : [event])),
  },
  {
    defect: 'tells only of attempts that were answered with success',
    killedBy: 'events/repeats',
    saying: 'are numbered 2',
    mutate: sound,
    harness: telling((event) => (event.type === 'attempt' && event.status !== 200 ? [] : [event]), acmeHarness),
  },
  {
    defect: 'gives all requests one id',
    killedBy: 'events/attempts',
    saying: 'are numbered 1, 1',
    mutate: sound,
    harness: telling((event) => (event.type === 'attempt' ? [{ ...event, id: 'one' }] : [event])),
  },
  {
    defect: 'gives every attempt an id of its own',
    killedBy: 'events/repeats',
    saying: 'no request was told to be repeated',
    mutate: sound,
    harness: telling(
      (event) => (event.type === 'attempt' ? [{ ...event, id: `${event.id}.${event.attempt}`, attempt: 1 }] : [event]),
      acmeHarness,
    ),
  },
  {
    defect: 'waits without a word',
    killedBy: 'events/repeats',
    saying: 'no wait is told',
    mutate: sound,
    harness: telling((event) => (event.type === 'wait' ? [] : [event]), acmeHarness),
  },
  {
    defect: 'tells times of the machine’s zone',
    killedBy: 'events/attempts',
    saying: 'does not say when it started',
    mutate: sound,
    harness: telling((event) =>
      event.type === 'attempt' ? [{ ...event, startedAt: event.startedAt.replace('Z', '+01:00') }] : [event],
    ),
  },
  {
    defect: 'tells of the first page of a list only',
    killedBy: 'events/pages',
    saying: 'pages of listLicenses are told',
    mutate: sound,
    harness: telling((event) => (event.type === 'page' && event.number > 1 ? [] : [event])),
  },
  {
    defect: 'does not tell how far a list has come',
    killedBy: 'events/pages',
    saying: 'no progress of listLicenses is told',
    mutate: sound,
    harness: telling((event) => (event.type === 'progress' ? [] : [event])),
  },
  {
    defect: 'tells the items of the last page for those of the list',
    killedBy: 'events/pages',
    saying: 'the progress of listLicenses goes back',
    mutate: sound,
    harness: telling((event) => (event.type === 'progress' && event.items > 3 ? [{ ...event, items: 1 }] : [event])),
  },
  {
    defect: 'tells whom it looks up',
    killedBy: 'events/private',
    saying: 'an event has something of a person',
    mutate: sound,
    harness: telling((event) =>
      event.type === 'attempt' && event.operation === 'getUser'
        ? [{ ...event, operation: 'getUser user-01@example.com' }]
        : [event],
    ),
  },
  {
    defect: 'tells where it sends requests',
    killedBy: 'events/private',
    saying: 'an event has an address',
    mutate: sound,
    harness: telling((event) =>
      event.type === 'attempt' ? [{ ...event, operation: 'GET https://api.vendor.example/seats' }] : [event],
    ),
  },
  {
    defect: 'fails where its host fails',
    killedBy: 'events/host',
    saying: 'the host fails',
    mutate: (provider, _, __, settings) => ({
      ...provider,
      listUsers: (request) => {
        settings?.onEvent?.({ type: 'wait', provider: provider.id, operation: 'listUsers', reason: 'pace', ms: 0 })
        return provider.listUsers(request)
      },
    }),
    harness: inMemoryHarness,
  },
]
