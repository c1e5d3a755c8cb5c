export {
  type FilterExpression,
  type FilterMistake,
  type FilterOperator,
  type FilterState,
  type FilterWord,
  filterOperators,
  filterStates,
  filterText,
} from './filter-expression.ts'
export type { FilterField, FilterValue } from './filter-value.ts'
export { type FilterJudge, judgeFilter, type PlaceOf, placesIn, type Verdict } from './judge-filter.ts'
export { parseFilter } from './parse-filter.ts'
export { type UnmetWord, type WordWatch, watchWords } from './unmet-words.ts'
