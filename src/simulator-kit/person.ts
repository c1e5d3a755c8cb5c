import { hashOf, hashOfText } from './hash.ts'
import { createIdentifiers } from './identifiers.ts'
import { familyNames, givenNames } from './names.ts'

/** A made-up person. */
export interface SimulatedPerson {
  /** A uuid. Vendors give the same person ids of their own: see {@link createPopulation}. */
  readonly id: string
  readonly givenName: string
  readonly familyName: string
  readonly displayName: string
  /** Unique, in lower case, in a domain that is reserved for examples. */
  readonly email: string
}

/** People by number. Nothing is stored: a person is made when it is asked for. */
export interface Population {
  readonly person: (index: number) => SimulatedPerson
  /** The id of a person, for less than the whole of them costs. */
  readonly idOf: (index: number) => string
  readonly indexOfId: (id: string) => number | undefined
  /** Compared without regard to case. */
  readonly indexOfEmail: (email: string) => number | undefined
}

/** Which people a simulated organization has. */
export interface PopulationOptions {
  readonly seed: number
  /** Whose ids these are: the same people have other ids at another vendor. Default `person`. */
  readonly idSpace?: string | undefined
  /** The domain of a person's e-mail address. Default `example.com` for all. Vendors agree on it for people they share. */
  readonly domainOf?: ((index: number) => string) | undefined
}

const GIVEN = hashOfText('given name')
const FAMILY = hashOfText('family name')

const pick = (names: readonly string[], hash: number): string => names[hash % names.length] ?? ''

/** The people of a simulated organization, made from a seed: the same seed gives the same people. */
export const createPopulation = ({
  seed,
  idSpace = 'person',
  domainOf = () => 'example.com',
}: PopulationOptions): Population => {
  const identifiers = createIdentifiers(seed, idSpace)
  const person = (index: number): SimulatedPerson => {
    const givenName = pick(givenNames, hashOf(seed, GIVEN, index))
    const familyName = pick(familyNames, hashOf(seed, FAMILY, index))
    return {
      id: identifiers.idOf(index),
      givenName,
      familyName,
      displayName: `${givenName} ${familyName}`,
      email: `${givenName}.${familyName}${index}@${domainOf(index)}`.toLowerCase(),
    }
  }
  return {
    person,
    idOf: identifiers.idOf,
    indexOfId: identifiers.indexOf,
    indexOfEmail: (email) => {
      const digits = /^[a-z]+\.[a-z]+(\d{1,9})@/i.exec(email)?.[1]
      const index = Number(digits)
      return digits !== undefined && person(index).email === email.toLowerCase() ? index : undefined
    },
  }
}

/** The person of a number in the organizations of a seed: the same one for every vendor. */
export const person = (seed: number, index: number): SimulatedPerson => createPopulation({ seed }).person(index)
