/** One lens over every vendor's license seats: the vocabulary, the provider contract, reports and changes over any provider. */
export * from './check/index.ts'
export * from './contract/index.ts'
export * from './model/index.ts'
export {
  type Clock,
  type Collected,
  collect,
  type Page,
  type Paged,
  type PageRequest,
  type ReadList,
  type RequestOptions,
  reduce,
  toReadonlyArray,
} from './paging/index.ts'
export * from './plan/index.ts'
export * from './report/index.ts'
export * from './snapshot/index.ts'
