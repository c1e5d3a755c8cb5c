/** What each license directly contains, by id. */
export type Contents = ReadonlyMap<string, readonly string[]>

/**
 * For licenses that a user holds together: the first of them that contains it, for each that another one contains.
 * Undefined if the work that is allowed is used up.
 */
export type ContainersAmong = (held: readonly string[]) => ReadonlyMap<string, string> | undefined

interface Step {
  readonly id: string
  readonly contents: readonly string[]
  readonly order: number
  /** The earliest license that this one leads back to. */
  back: number
  next: number
}

/**
 * Groups of licenses that contain each other, by number, most of them of one license: what is contained has a smaller
 * number than what contains it. By Tarjan's algorithm, without recursion, as a vendor may nest them deeply.
 */
const groupsOf = (contents: Contents): ReadonlyMap<string, number> => {
  const groups = new Map<string, number>()
  const orders = new Map<string, number>()
  const ungrouped: string[] = []
  let groupCount = 0
  const enter = (id: string): Step => {
    const order = orders.size
    orders.set(id, order)
    ungrouped.push(id)
    return { id, contents: contents.get(id) ?? [], order, back: order, next: 0 }
  }
  const group = (first: string): void => {
    for (let id = ungrouped.pop(); id !== undefined; id = ungrouped.pop()) {
      groups.set(id, groupCount)
      if (id === first) break
    }
    groupCount++
  }
  for (const root of contents.keys()) {
    const path = orders.has(root) ? [] : [enter(root)]
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const inner = step.contents[step.next++]
      if (inner === undefined) {
        path.pop()
        const outer = path.at(-1)
        if (outer !== undefined) outer.back = Math.min(outer.back, step.back)
        if (step.back === step.order) group(step.id)
      } else if (!orders.has(inner)) path.push(enter(inner))
      else if (!groups.has(inner)) step.back = Math.min(step.back, orders.get(inner) ?? step.back)
    }
  }
  return groups
}

const NOTHING: ReadonlySet<number> = new Set()

/**
 * Finds which of some licenses are contained in others of them, also by way of licenses that are not among them; not in
 * one that they contain in turn. Takes work in proportion to what the licenses contain, and none for what others held.
 *
 * `work`: how many licenses may be gone through for all who are asked about. Many users with a deep chain each would
 * take their product, and no index of what contains what takes less than the square of the licenses.
 */
export const containersIn = (contents: Contents, work: number): ContainersAmong => {
  let left = work
  const groups = groupsOf(contents)
  const inner = new Map<number, Set<number>>()
  for (const [id, contained] of contents) {
    const group = groups.get(id) ?? 0
    const within = inner.get(group) ?? new Set<number>()
    for (const other of contained) within.add(groups.get(other) ?? group)
    within.delete(group)
    inner.set(group, within)
  }
  /** Many people hold the same. */
  const found = new Map<string, ReturnType<ContainersAmong>>()

  const search: ContainersAmong = (held) => {
    /** By group, where in `held` its first license is. */
    const own = new Map<number, number>()
    for (const [place, id] of held.entries()) {
      const group = groups.get(id)
      if (group !== undefined && !own.has(group)) own.set(group, place)
    }
    /** What is contained has a smaller number, so that nothing below the smallest leads to anything held. */
    let smallest = Number.POSITIVE_INFINITY
    for (const group of own.keys()) smallest = Math.min(smallest, group)
    const reached = new Set(own.keys())
    // A set is gone through to its end, also of what is added meanwhile.
    for (const group of reached) {
      const within = inner.get(group) ?? NOTHING
      left -= 1 + within.size
      if (left < 0) return undefined
      for (const one of within) if (one >= smallest) reached.add(one)
    }
    /** By group, where in `held` the first license is that contains it. */
    const container = new Map<number, number>()
    for (const group of [...reached].sort((one, other) => other - one)) {
      const first = Math.min(own.get(group) ?? held.length, container.get(group) ?? held.length)
      for (const within of inner.get(group) ?? []) {
        container.set(within, Math.min(first, container.get(within) ?? held.length))
      }
    }
    const containers = new Map<string, string>()
    for (const id of held) {
      const place = container.get(groups.get(id) ?? -1)
      const bundle = place === undefined ? undefined : held[place]
      if (bundle !== undefined) containers.set(id, bundle)
    }
    return containers
  }

  return (held) => {
    const key = JSON.stringify(held)
    if (!found.has(key)) found.set(key, search(held))
    return found.get(key)
  }
}
