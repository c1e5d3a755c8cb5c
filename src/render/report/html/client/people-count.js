import { numberText } from './element.js'

/** @import { PageData } from '../page-data.ts' */
/** @import { PeopleFilter } from './people-filter.js' */

/**
 * Whether others may match who could not be read, or somebody by what of them could not be read.
 * @param {PageData} data
 * @param {PeopleFilter} filter
 */
const mayMoreMatch = ({ licenses, unreadHolders, unreadNames }, { text, provider, license, status }) => {
  const ofSeveral = provider === '' || provider === 'several'
  /** @param {readonly number[]} places */
  const areAsked = (places) => (ofSeveral ? places.length > 0 : places.includes(Number(provider)))
  const asksWho = text.trim() !== '' || status !== '' || provider === 'several'
  if (asksWho && areAsked(unreadNames)) return true
  const asked = license === '' ? undefined : licenses[Number(license)]
  // Who else has a license is known of a license whose holders are all known, but not where else they have one.
  return asked === undefined || provider === 'several' ? areAsked(unreadHolders) : asked[2] === 1
}

/**
 * How many people match, for people: those who could not be read are never taken for people who are not there.
 * @param {PageData} data
 * @returns {(filter: PeopleFilter, matches: number) => string}
 */
export const createPeopleCount = (data) => {
  const { people, unreadHolders, unreadNames } = data
  const all = `${numberText(people.length)} people`
  const isWhole = unreadHolders.length === 0 && unreadNames.length === 0
  return (filter, matches) => {
    const isFiltered = Object.values(filter).some((value) => value.trim() !== '')
    if (!isFiltered) return isWhole ? all : unreadNames.length > 0 ? `${all} could be read` : `At least ${all}`
    if (isWhole) return `${numberText(matches)} of ${all} match`
    const ofThose = `${numberText(matches)} of the ${all} who could be read match`
    if (!mayMoreMatch(data, filter)) return ofThose
    return `${ofThose}; ${filter.license === 'none' ? 'they may hold something that could not be read' : 'there may be more'}`
  }
}
