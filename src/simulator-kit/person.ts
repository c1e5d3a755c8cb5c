import { hashOf, hashOfText } from './hash.ts'
import { createIdentifiers } from './identifiers.ts'

/** Common names from many places; every person made of them is made up. */
const givenNames: readonly string[] =
  `Ada Aisha Alejandro Amara Anders Anna Antoine Asha Astrid Bao Beatriz Bruno Carmen Chiara Daniel Diego Elena Elif Emeka
Emma Erik Fatima Felix Freya Giulia Grace Hana Hannah Hugo Ines Ivan Jakob Jamal Jana Joao Jonas Julia Kenji Kofi Lars
Laura Leila Lena Liam Lucia Luka Malik Maria Marek Mateo Maya Mei Mikael Nadia Noah Nora Olga Oliver Omar Oskar Paula
Pedro Petra Priya Rafael Ravi Rosa Sakura Samuel Sara Sofia Stefan Tariq Thomas Tomas Valentina Viktor Wei Yara Yusuf
Zoe`.split(/\s+/)

const familyNames: readonly string[] =
  `Abe Adeyemi Ahmed Almeida Andersen Bauer Becker Berg Bianchi Boateng Brown Carter Castillo Chen Cohen Costa Demir
Diaz Dubois Eriksson Evans Fernandez Fischer Fontaine Garcia Gomez Gupta Hansen Hassan Hoffmann Horvat Ibrahim Ivanov
Jansen Johansson Jones Kaya Keller Khan Kim Klein Kowalski Kumar Larsen Lee Lehmann Lindberg Lopez Martin Martinez
Mbeki Mendoza Meyer Mori Moreau Muller Nakamura Ndiaye Nguyen Nielsen Novak Okafor Olsen Patel Pereira Petrov Popescu
Ramos Richter Romano Rossi Santos Sato Schmidt Schneider Sharma Silva Singh Smith Suzuki Svensson Takahashi Tanaka
Tran Vargas Virtanen Walker Weber Williams Wilson Wong Yilmaz Zhang Zimmermann`.split(/\s+/)

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
  /** The same seed gives the same people, at every vendor. */
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
