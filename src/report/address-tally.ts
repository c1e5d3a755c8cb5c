import { createNumberTable } from '../model/number-table.ts'
import { createTextNumbers } from '../model/text-numbers.ts'

/** Of users who have one address: how many there are, and whether one of them is known to be external. */
export interface AddressCount {
  readonly key: string
  readonly users: number
  readonly external: boolean
}

/** Users by their address, or by the person that a mapping names. */
export interface AddressTally extends Iterable<AddressCount> {
  /** Counts another user. */
  readonly add: (key: string, external: boolean) => void
  /** All users with this key are one. */
  readonly addToOne: (key: string, external: boolean) => void
}

/** Counts in numbers alone, outside of objects: there is an address for nearly every user. */
export const createAddressTally = (): AddressTally => {
  const keys = createTextNumbers()
  const users = createNumberTable()
  /** 1 for those of whom one is known to be external. */
  const externals = createNumberTable()
  const enter = (key: string, external: boolean): number => {
    const number = keys.enter(key)
    if (external) externals.set(number, 1)
    return number
  }
  return {
    add: (key, external) => {
      const number = enter(key, external)
      users.set(number, (users.get(number) ?? 0) + 1)
    },
    addToOne: (key, external) => users.set(enter(key, external), 1),
    *[Symbol.iterator]() {
      for (let number = 0; number < keys.size(); number++) {
        yield { key: keys.textOf(number), users: users.get(number) ?? 0, external: externals.get(number) === 1 }
      }
    },
  }
}
