import type { Either } from 'fp-ts/lib/Either.js'
import * as E from 'fp-ts/lib/Either.js'
import type { SimulatedRequest } from '../../../src/simulator-kit/index.ts'

export interface PagingParameters {
  readonly pageSize: number
  readonly pageNumber: number
}

const wholeNumber = (value: string | null, otherwise: number): number | undefined => {
  if (value === null || value === '') return otherwise
  return /^[1-9]\d{0,8}$/.test(value) ? Number(value) : undefined
}

/** `pageSize` (default 25, silently capped) and `pageNumber` (default 1), or what is wrong with them. */
export const pagingOf = (request: SimulatedRequest, maximumPageSize: number): Either<string, PagingParameters> => {
  const pageSize = wholeNumber(request.query.get('pageSize'), 25)
  if (pageSize === undefined) return E.left('The pageSize must be a positive number')
  const pageNumber = wholeNumber(request.query.get('pageNumber'), 1)
  if (pageNumber === undefined) return E.left('The pageNumber must be a positive number')
  return E.right({ pageSize: Math.min(pageSize, maximumPageSize), pageNumber })
}

export const pageCountOf = (total: number, pageSize: number): number => Math.ceil(total / pageSize)
