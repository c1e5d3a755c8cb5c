import { numberText } from './element.js'

/** @import { PageData } from '../page-data.ts' */
/** @import { PeopleFilter } from './people-filter.js' */

/**
 * Whether a rule, or any of them, lacked data.
 * @param {PageData['rules']} rules
 * @param {string} rule
 */
const mayMoreBeFound = (rules, rule) =>
  rule === 'any' ? rules.some(([, hasGap]) => hasGap === 1) : rules[Number(rule)]?.[1] === 1

/**
 * Whether people who could not be read may match, or people of whom something could not be read.
 * @param {PageData} data
 * @param {PeopleFilter} filter
 */
const mayMoreMatch = ({ licenses, holderGaps, nameGaps, rules }, filter) => {
  const { text, provider, license, status, department, rule } = filter
  if (rule !== '' && mayMoreBeFound(rules, rule)) return true
  const ofSeveral = provider === '' || provider === 'several'
  /** @param {readonly number[]} places */
  const areAsked = (places) => (ofSeveral ? places.length > 0 : places.includes(Number(provider)))
  const asksWho = text.trim() !== '' || status !== '' || department !== '' || provider === 'several'
  if (asksWho && areAsked(nameGaps)) return true
  const asked = license === '' ? undefined : licenses[Number(license)]
  // All holders of such a license are known, but not what else they hold elsewhere.
  return asked === undefined || provider === 'several' ? areAsked(holderGaps) : asked[2] === 1
}

/**
 * How many people match, as text. It says where more people may match who could not be read.
 * @param {PageData} data
 * @returns {(filter: PeopleFilter, matches: number) => string}
 */
export const createPeopleCount = (data) => {
  const { people, holderGaps, nameGaps } = data
  const all = `${numberText(people.count)} people`
  const isWhole = holderGaps.length === 0 && nameGaps.length === 0
  return (filter, matches) => {
    const isFiltered = Object.values(filter).some((value) => value.trim() !== '')
    if (!isFiltered) return isWhole ? all : nameGaps.length > 0 ? `${all} could be read` : `At least ${all}`
    if (isWhole) {
      const mayBeMore = filter.rule !== '' && mayMoreBeFound(data.rules, filter.rule)
      return `${numberText(matches)} of ${all} match${mayBeMore ? '; there may be more, as rules lack data' : ''}`
    }
    const ofThose = `${numberText(matches)} of the ${all} who could be read match`
    if (!mayMoreMatch(data, filter)) return ofThose
    return `${ofThose}; ${filter.license === 'none' ? 'they may hold something that could not be read' : 'there may be more'}`
  }
}
