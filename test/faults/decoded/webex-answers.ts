import { type AnswerField, asBody, inBody, inError, inHeader, inLink, ofList } from './answer-field.ts'

const LICENSES = { path: '/v1/licenses' }
const HOLDERS = { path: '/v1/licenses/:id' }
const PEOPLE = { path: '/v1/people' }
const TOKEN = { path: '/v1/access_token' }
const ACCOUNTS = { path: '/identity/scim/:orgId/v2/Users' }
const API = { path: '/v1/*' }

const ERROR = ['message', 'trackingId', 'errorCode', 'errors', 'errors[].description', 'errors[].errorCode']
const IDENTITY_ERROR = ['error', 'error.message', 'error.key', 'error.message[].code', 'error.message[].description']

export const webexAnswers: readonly AnswerField[] = [
  ofList(inBody('Items of licenses', 'items', LICENSES)),
  ofList(inBody('Items of people', 'items', PEOPLE)),
  ofList(inBody('LicenseUsers', 'users', HOLDERS)),
  asBody('Items', LICENSES),
  asBody('LicenseUsers', HOLDERS),
  asBody('People', PEOPLE),
  ...['access_token', 'refresh_token', 'expires_in'].map((field) => inBody('Tokens', field, TOKEN)),
  ...[400, 403, 500].flatMap((status) => ERROR.map((field) => inError('ErrorBody', field, status, API))),
  ...IDENTITY_ERROR.map((field) => inError('IdentityErrorBody', field, 403, API)),
  ...ERROR.map((field) => inError('ErrorBody of tokens', field, 400, TOKEN)),
  ...[LICENSES, HOLDERS, PEOPLE].map(inLink),
  inHeader('retry-after', API, 429),
  inHeader('retry-after', API, 423),
  inHeader('trackingid', API, 403),
  inHeader('content-type', API),
]

/** Those of the identity service, which are read with the people. */
export const accountAnswers: readonly AnswerField[] = [
  ofList(inBody('Accounts', 'Resources', ACCOUNTS)),
  inBody('Accounts', 'totalResults', ACCOUNTS),
  asBody('Accounts', ACCOUNTS),
]
