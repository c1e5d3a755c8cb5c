import type { Registry } from './registry-entry.ts'

/** Every vendor that the command line knows: the only place that names them. Loaded on demand, so that help is quick. */
export const registry: Registry = [
  { type: 'genesys', load: async () => (await import('../../providers/genesys/definition.ts')).genesysDefinition },
  { type: 'webex', load: async () => (await import('../../providers/webex/definition.ts')).webexDefinition },
]
