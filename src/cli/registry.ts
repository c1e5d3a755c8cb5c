import type { Registry } from './registry-entry.ts'

/** Every vendor that the command line knows: the only place that names them. Loaded on demand, so that help is quick. */
export const registry: Registry = [
  {
    type: 'genesys',
    load: async () => (await import('../../providers/genesys/definition.ts')).genesysDefinition,
    demonstrationSeats: {
      communicate: 0.2,
      cloudCX1: 0.25,
      cloudCX2: 0.3,
      cloudCX3: 0.28,
      gc1WEMupgrade: 0.05,
      gc2WEMupgrade: 0.1,
      gcSTAupgrade: 0.02,
    },
  },
  { type: 'webex', load: async () => (await import('../../providers/webex/definition.ts')).webexDefinition },
]
