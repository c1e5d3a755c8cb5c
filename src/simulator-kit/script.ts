/** How often something scripted is to happen. */
export interface Repetition {
  /** How many that fit to let pass first. Default 0. */
  readonly skip?: number | undefined
  /** How many that fit to strike after that. Default: all. */
  readonly times?: number | undefined
}

/** What a caller can do with a rule that is in force. */
export interface RuleControl {
  /** How often it has struck. */
  readonly strikes: () => number
  /** Takes it out of force; harmless when it is out already. */
  readonly remove: () => void
}

export interface ScriptOptions<Rule, Active, Subject> {
  /** A rule that is in force, as the caller gets it. */
  readonly show: (rule: Rule, control: RuleControl) => Active
  readonly repetitionOf: (rule: Rule) => Repetition
  /** Called once for each rule. */
  readonly matcherOf: (rule: Rule) => (subject: Subject) => boolean
}

/** Rules in their order, which can be changed at any time. `Active`: a rule that is in force, as the caller gets it. */
export interface Program<Rule, Active> {
  /** Puts a rule in force, after those that are. */
  readonly add: (rule: Rule) => Active
  readonly clear: () => void
  readonly active: () => readonly Active[]
}

export interface Script<Rule, Active, Subject> extends Program<Rule, Active> {
  /** The first rule that strikes; the subject counts as seen by every one that it passes. */
  readonly meet: (subject: Subject) => Rule | undefined
}

export const createScript = <Rule, Active, Subject>(
  options: ScriptOptions<Rule, Active, Subject>,
): Script<Rule, Active, Subject> => {
  interface Entry {
    readonly rule: Rule
    readonly active: Active
    /** Whether it strikes, after counting it. */
    readonly strikes: (subject: Subject) => boolean
  }
  let entries: readonly Entry[] = []

  const createEntry = (rule: Rule): Entry => {
    const { skip = 0, times = Number.POSITIVE_INFINITY } = options.repetitionOf(rule)
    const fits = options.matcherOf(rule)
    let met = 0
    let strikes = 0
    const remove = () => {
      entries = entries.filter((other) => other !== entry)
    }
    const entry: Entry = {
      rule,
      active: options.show(rule, { strikes: () => strikes, remove }),
      strikes: (subject) => {
        if (strikes >= times || !fits(subject)) return false
        met += 1
        if (met <= skip) return false
        strikes += 1
        return true
      },
    }
    return entry
  }

  return {
    add: (rule) => {
      const entry = createEntry(rule)
      entries = [...entries, entry]
      return entry.active
    },
    clear: () => {
      entries = []
    },
    active: () => entries.map(({ active }) => active),
    meet: (subject) => entries.find(({ strikes }) => strikes(subject))?.rule,
  }
}
