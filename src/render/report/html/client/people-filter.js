import { folded, termsOf } from './search-text.js'

/** @import { AccountData, PageData, PersonData } from '../page-data.ts' */

/**
 * What people are asked for; an empty text asks for nothing.
 * @typedef {{ text: string, provider: string, license: string, status: string, department: string, rule: string }} PeopleFilter
 */

/**
 * The places of the texts that a term is found in.
 * @param {readonly string[]} texts
 * @param {string} term
 */
const placesWith = (texts, term) => new Set(texts.flatMap((text, place) => (text.includes(term) ? [place] : [])))

/** @param {PersonData} person */
const licensedProviders = ([, , , , , accounts]) =>
  new Set(accounts.flatMap(([provider, , , licenses]) => (licenses.length > 0 ? [provider] : []))).size

/** @param {AccountData} account @param {string} license */
const holds = ([, , , licenses, pending], license) =>
  license === 'any' ? licenses.length > 0 : licenses.includes(Number(license)) || pending.includes(Number(license))

/** @param {AccountData} account @param {string} status */
const isOf = ([, accountStatus, external], status) =>
  status === 'external' ? external === 1 : accountStatus === Number(status)

/** @param {PersonData} person @param {PeopleFilter} filter */
const isSelected = (person, { provider, license, status, department, rule }) => {
  if (department !== '' && person[2] !== (department === 'none' ? -1 : Number(department))) return false
  if (rule !== '' && !(rule === 'any' ? person[8].length > 0 : person[8].includes(Number(rule)))) return false
  if (provider === 'several' && licensedProviders(person) < 2) return false
  const ofProvider =
    provider === '' || provider === 'several' ? person[5] : person[5].filter(([place]) => place === Number(provider))
  if (license === 'none' && ofProvider.some((account) => holds(account, 'any'))) return false
  return ofProvider.some(
    (account) =>
      (license === '' || license === 'none' || holds(account, license)) && (status === '' || isOf(account, status)),
  )
}

/**
 * Finds people: the result names their places, in the order of the data.
 * @param {PageData} data
 * @returns {(filter: PeopleFilter) => number[]}
 */
export const createPeopleFilter = ({ people, providers, licenses, departments }) => {
  const everyone = () => people.slice(0, people.count)
  /** @type {readonly string[] | undefined} */
  let known
  // Only who searches needs them, and waits for them.
  const searchedTexts = () => {
    known ??= everyone().map(([name, email, , , , , facts, , , aliases]) =>
      folded([name, email, facts, aliases].join('\n')),
    )
    return known
  }
  const providerTexts = providers.map(folded)
  const licenseTexts = licenses.map(([, name]) => folded(name))
  const departmentTexts = departments.map(folded)

  /** @param {string} term @returns {(person: PersonData, place: number) => boolean} */
  const searchFor = (term) => {
    const texts = searchedTexts()
    const [inProviders, inLicenses, inDepartments] = [
      placesWith(providerTexts, term),
      placesWith(licenseTexts, term),
      placesWith(departmentTexts, term),
    ]
    return ([, , department, , , accounts], place) =>
      texts[place]?.includes(term) === true ||
      inDepartments.has(department) ||
      accounts.some(
        ([provider, , , held, pending]) =>
          inProviders.has(provider) ||
          held.some((license) => inLicenses.has(license)) ||
          pending.some((license) => inLicenses.has(license)),
      )
  }

  return (filter) => {
    const searches = termsOf(filter.text).map(searchFor)
    const asksMore = Object.entries(filter).some(([key, value]) => key !== 'text' && value !== '')
    if (searches.length === 0 && !asksMore) return Array.from({ length: people.count }, (_, place) => place)
    /** @type {number[]} */
    const matches = []
    for (const [place, person] of everyone().entries()) {
      if (!searches.every((search) => search(person, place))) continue
      if (!asksMore || isSelected(person, filter)) matches.push(place)
    }
    return matches
  }
}
