import type { GenesysLicenseDefinition } from './world.ts'

const communication = ['directory:user:view', 'conversation:communication:view', 'telephony:station:view']
const voice = [
  'conversation:call:accept',
  'routing:queue:view',
  'routing:wrapupCode:view',
  'analytics:queueObservation:view',
]
const digital = ['conversation:message:accept', 'conversation:email:accept', 'routing:message:manage']
const forecasting = [
  'wfm:schedule:view',
  'wfm:agentSchedule:view',
  'quality:evaluation:view',
  'gamification:profile:view',
]
const analysis = ['speechAndTextAnalytics:data:view', 'quality:evaluation:add']

/**
 * The licenses of seeded organizations. The ids are ones that live organizations have shown; descriptions, permissions
 * and how they build on each other are made up. `gcSTAupgrade` has no holders.
 */
export const seededDefinitions: readonly GenesysLicenseDefinition[] = [
  {
    id: 'collaboratePro',
    description: 'Genesys Cloud Collaborate',
    permissions: ['directory:user:view', 'chat:chat:access'],
  },
  {
    id: 'communicate',
    description: 'Genesys Cloud Communicate',
    permissions: communication,
    comprises: ['collaboratePro'],
  },
  {
    id: 'cloudCX1',
    description: 'Genesys Cloud CX 1',
    permissions: [...communication, ...voice],
    comprises: ['communicate'],
  },
  {
    id: 'cloudCX2',
    description: 'Genesys Cloud CX 2',
    permissions: [...communication, ...voice, ...digital],
    comprises: ['communicate'],
  },
  {
    id: 'cloudCX3',
    description: 'Genesys Cloud CX 3',
    permissions: [...communication, ...voice, ...digital, ...forecasting, ...analysis],
    comprises: ['communicate'],
  },
  {
    id: 'gc1WEMupgrade',
    description: 'Genesys Cloud CX 1 WEM Add-on II',
    permissions: forecasting,
    prerequisites: ['cloudCX1'],
  },
  {
    id: 'gc2WEMupgrade',
    description: 'Genesys Cloud CX 2 WEM Add-on I',
    permissions: forecasting,
    prerequisites: ['cloudCX2'],
  },
  {
    id: 'gcSTAupgrade',
    description: 'Genesys Cloud Speech and Text Analytics Add-on',
    permissions: analysis,
    prerequisites: ['cloudCX2'],
  },
  { id: 'agentAssistLicense', description: 'Genesys Cloud Agent Assist', permissions: ['assistants:assistant:view'] },
  { id: 'wallboardUser', description: 'Genesys Cloud Wallboard User', permissions: ['dashboards:dashboard:view'] },
]
