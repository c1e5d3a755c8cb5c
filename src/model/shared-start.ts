/** How many characters all of them begin with: texts, or lists of what counts as a character. */
export const sharedStart = ([first = [], ...others]: readonly ArrayLike<string>[]): number =>
  others.reduce((length, other) => {
    let shared = 0
    while (shared < length && other[shared] === first[shared]) shared++
    return shared
  }, first.length)
