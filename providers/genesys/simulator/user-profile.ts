import { fractionOf, hashOfText } from '../../../src/simulator-kit/index.ts'
import type { GenesysUserState } from './world.ts'

/** What is the same for every user whose number has the same remainder by {@link PERIOD}. */
export interface UserProfile {
  /** `absent`: the directory has no record. */
  readonly state: GenesysUserState | 'absent'
  /** Absent: the license listing has no row. Empty: it has one with nothing in it. */
  readonly licenses?: readonly string[]
}

/** How many different profiles there are. */
export const PERIOD = 1000

/** The first ten users show every kind of user there is, so that the smallest organization does. */
const first: readonly UserProfile[] = [
  { state: 'active', licenses: ['cloudCX3', 'collaboratePro', 'agentAssistLicense'] },
  { state: 'active', licenses: ['cloudCX2', 'collaboratePro', 'gc2WEMupgrade'] },
  { state: 'active', licenses: ['cloudCX1', 'collaboratePro', 'gc1WEMupgrade'] },
  { state: 'inactive', licenses: ['cloudCX1', 'collaboratePro'] },
  { state: 'active', licenses: ['communicate', 'wallboardUser'] },
  { state: 'active', licenses: [] },
  { state: 'absent', licenses: ['cloudCX2', 'collaboratePro'] },
  { state: 'deleted', licenses: ['collaboratePro'] },
  { state: 'active', licenses: ['collaboratePro'] },
  { state: 'active' },
]

const STATE = hashOfText('genesys state')
const TIER = hashOfText('genesys tier')
const UPGRADE = hashOfText('genesys upgrade')
const ASSIST = hashOfText('genesys agent assist')
const WALLBOARD = hashOfText('genesys wallboard')

const tiers: readonly { readonly below: number; readonly licenses: readonly string[]; readonly upgrade?: string }[] = [
  { below: 0.3, licenses: ['cloudCX3', 'collaboratePro'] },
  { below: 0.58, licenses: ['cloudCX2', 'collaboratePro'], upgrade: 'gc2WEMupgrade' },
  { below: 0.7, licenses: ['cloudCX1', 'collaboratePro'], upgrade: 'gc1WEMupgrade' },
  { below: 0.82, licenses: ['communicate'] },
  { below: 0.9, licenses: ['collaboratePro'] },
  { below: 0.94, licenses: [] },
]

const stateFor = (fraction: number): UserProfile['state'] => {
  if (fraction < 0.02) return 'inactive'
  if (fraction < 0.03) return 'deleted'
  return fraction < 0.033 ? 'absent' : 'active'
}

/** The profile of the users with a remainder: about nine in ten hold something, one in thirty has left. */
export const profileOf = (seed: number, remainder: number): UserProfile => {
  const fixed = first[remainder]
  if (fixed !== undefined) return fixed
  const state = stateFor(fractionOf(seed, STATE, remainder))
  const fraction = fractionOf(seed, TIER, remainder)
  const tier = tiers.find(({ below }) => fraction < below)
  // A user whom neither the directory nor the license listing names would not be one.
  if (tier === undefined) return state === 'absent' ? { state, licenses: ['collaboratePro'] } : { state }
  const licenses = [...tier.licenses]
  if (tier.upgrade !== undefined && fractionOf(seed, UPGRADE, remainder) < 0.3) licenses.push(tier.upgrade)
  if (licenses.includes('collaboratePro') && licenses.length > 1) {
    if (fractionOf(seed, ASSIST, remainder) < 0.2) licenses.push('agentAssistLicense')
    if (fractionOf(seed, WALLBOARD, remainder) < 0.08) licenses.push('wallboardUser')
  }
  return { state, licenses }
}
