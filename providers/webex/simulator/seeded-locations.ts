import { createIdentifiers } from '../../../src/simulator-kit/index.ts'
import { hydraId } from './hydra-id.ts'

/** How many locations a seeded organization has. */
const LOCATIONS = 3

/** The id of the location of a person or a workspace, by its number. */
export const locationIdOf = (organizationUuid: string, number: number): string =>
  hydraId('LOCATION', createIdentifiers(0, `webex location of ${organizationUuid}`).idOf(number % LOCATIONS))
