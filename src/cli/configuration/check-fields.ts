import type { ConfigurationProblem } from '../../provider-kit/provider-definition.ts'
import type { Settings } from '../../provider-kit/setting.ts'
import { found } from './found.ts'

/** What is wrong with the fields that are there; fields that `settings` does not have are wrong unless `others` has them. */
export const problemsOfFields = (
  settings: Settings,
  value: Readonly<Record<string, unknown>>,
  path: string,
  others: readonly string[] = [],
): readonly ConfigurationProblem[] =>
  Object.entries(value).flatMap(([key, member]) => {
    const field = `${path}.${key}`
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined
    if (setting === undefined) {
      if (others.includes(key)) return []
      return [{ field, expected: `one of ${[...Object.keys(settings), ...others].join(', ')}`, ...found(key) }]
    }
    return setting.codec.is(member) ? [] : [{ field, expected: setting.expected, ...found(member) }]
  })
