/** @import { FindingData, PackedFinding, PackedParts, PackedPerson, PackedRemoval, PackedTables, PackedText, PageData, PartsOf, PersonData, RemovalTables, RemovalData, Sequence } from '../page-data.ts' */

/**
 * What stands where it came first, and by its number after that.
 * @template From, To
 * @param {(packed: From) => To} make
 */
const createRecall = (make) => {
  /** @type {To[]} */
  const known = []
  /** @param {From | number} packed @returns {To} */
  return (packed) => {
    if (typeof packed !== 'number') {
      const value = make(packed)
      known.push(value)
      return value
    }
    const value = known[packed]
    if (value === undefined) throw new Error('The data of the page is damaged.')
    return value
  }
}

const createPartsReader = () => {
  /** @type {(part: string | number) => string} */
  const recall = createRecall((/** @type {string} */ part) => part)
  return (/** @type {PackedParts} */ packed) => {
    if (typeof packed !== 'string') return packed.map(recall).join('')
    return packed === '' ? '' : recall(packed)
  }
}

/** @returns {(packed: PackedText) => string} */
const createTextReader = () => createRecall(createPartsReader())

const MS = 1_000

const createPersonReader = () => {
  const emailOf = createPartsReader()
  const factsOf = createTextReader()
  const activityOf = createTextReader()
  const accountOf = createRecall((/** @type {PersonData[5][number]} */ account) => account)
  /** @param {PackedPerson} packed @returns {PersonData} */
  return ([name, email, department, cost, lastActive, accounts, facts, activity, rules = [], aliases = '']) => [
    name,
    emailOf(email),
    department,
    cost,
    typeof lastActive === 'number' ? Math.round(lastActive * MS) : lastActive,
    accounts.map(accountOf),
    facts === undefined ? '' : factsOf(facts),
    activity === undefined ? '' : activityOf(activity),
    rules,
    aliases,
  ]
}

/** @param {Sequence<PersonData>} people */
const createFindingReader = (people) => {
  /** @type {(readonly [provider: number, user: string])[]} */
  const users = []
  let before = ''
  const userOf = createRecall((/** @type {Exclude<PackedRemoval[0], number>} */ [provider, shared, rest]) => {
    before = `${before.slice(0, shared)}${rest}`
    return users.push([provider, before]) - 1
  })
  const textOf = createTextReader()

  /** @param {PackedText} line @param {string} id */
  const lineOf = (line, id) => [textOf(line), id].filter((text) => text !== '').join(' · ')
  /** @param {readonly PackedText[]} packed */
  const linesOf = (packed) => {
    const lines = []
    for (let place = 0; place < packed.length; place += 2) {
      lines.push(lineOf(packed[place] ?? '', String(packed[place + 1])))
    }
    return lines
  }
  /** @param {number} place */
  const labelOf = (place) => {
    const [name = '', email = ''] = people.at(place) ?? []
    return email === '' ? name : `${name} <${email}>`
  }
  /** @param {PackedRemoval} packed @returns {RemovalData} */
  const removalOf = ([user, ...licenses]) => [userOf(user), ...licenses]
  /** @param {PackedFinding} packed @returns {FindingData} */
  const read = ([person, message, line, id, removals = [], lines = []]) => [
    `${labelOf(person)}${textOf(message)}`,
    lineOf(line, id),
    removals.map(removalOf),
    linesOf(lines),
  ]
  return { users, read }
}

/**
 * Records in the order in which they were packed, of one part after the other.
 * @template Packed, Record
 * @param {readonly string[]} parts
 * @param {number} count
 * @param {(packed: Packed) => Record} read
 * @returns {Sequence<Record>}
 */
const createSequence = (parts, count, read) => {
  /** @type {Record[]} */
  const known = []
  let next = 0
  const readPart = () => {
    for (const packed of JSON.parse(parts[next++] ?? '[]')) known.push(read(packed))
  }
  /** @param {number} wanted */
  const reach = (wanted) => {
    while (known.length < wanted && next < parts.length) readPart()
  }
  return {
    count,
    at: (place) => {
      reach(place + 1)
      return known[place]
    },
    slice: (start, end) => {
      reach(end)
      return known.slice(start, end)
    },
    prepare: () => {
      if (next < parts.length) readPart()
      return next < parts.length
    },
  }
}

/**
 * The data of the page.
 * @param {PartsOf} partsOf
 * @returns {{ data: PageData, prepare: () => boolean }} `prepare` reads on a little, and says whether there is more
 */
export const openData = (partsOf) => {
  /** @type {PackedTables} */
  const { people: count, lists, ...tables } = JSON.parse(partsOf('tables')[0] ?? '')
  /** @type {RemovalTables} */
  const removals = JSON.parse(partsOf('removals')[0] ?? '')
  const people = createSequence(partsOf('people'), count, createPersonReader())
  const { users, read } = createFindingReader(people)
  const total = lists.reduce((sum, [, ofList]) => sum + ofList, 0)
  const findings = createSequence(partsOf('findings'), total, read)
  let end = 0
  const findingLists = lists.map(([elementId, ofList]) => {
    const start = end
    end += ofList
    return { elementId, count: ofList, all: () => findings.slice(start, start + ofList) }
  })
  return {
    data: { ...tables, people, findings: findingLists, removals: { ...removals, users } },
    prepare: () => people.prepare() || findings.prepare(),
  }
}
