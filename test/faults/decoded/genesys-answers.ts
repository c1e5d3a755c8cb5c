import { type AnswerField, asBody, inBody, inError, inHeader, isEmptyList, ofList } from './answer-field.ts'

const USERS = { path: '/api/v2/license/users', method: 'GET' }
const DIRECTORY = { path: '/api/v2/users' }
const QUERY = { path: '/api/v2/users/query' }
const DEFINITIONS = { path: '/api/v2/license/definitions' }
const TOKEN = { path: '/oauth/token' }
const HELD = { path: '/api/v2/license/users', method: 'POST' }
const ONE = { path: '/api/v2/license/users/:id' }
const SEARCH = { path: '/api/v2/users/search' }
const API = { path: '/api/v2/*' }

const LISTING = ['entities', 'pageSize', 'pageNumber', 'pageCount', 'total']
const ERROR = ['message', 'code', 'contextId']
const LOGIN_ERROR = ['error', 'error_description', 'description', 'message', 'code', 'contextId']

export const genesysAnswers: readonly AnswerField[] = [
  ...LISTING.map((field) => inBody('EntityListing', field, USERS)),
  ...LISTING.map((field) => inBody('EntityListing of people', field, DIRECTORY)),
  ...['entities', 'results', 'cursor', 'nextUri'].map((field) => inBody('CursorListing', field, QUERY)),
  asBody('Definitions', DEFINITIONS),
  asBody('EntityListing', USERS),
  ...['access_token', 'expires_in'].map((field) => inBody('OAuthToken', field, TOKEN)),
  asBody('UsersLicenses', HELD),
  ofList(inBody('UserLicenses of one', 'licenses', ONE)),
  inBody('UserLicenses of one', 'id', ONE),
  // Where nobody is found, there may be no list at all.
  ofList(inBody('SearchListing', 'results', SEARCH), (value) => value === null || isEmptyList(value)),
  ...[400, 403, 404, 500].flatMap((status) => ERROR.map((field) => inError('ErrorBody', field, status, USERS))),
  ...LOGIN_ERROR.map((field) => inError('ErrorBody of the login', field, 400, TOKEN)),
  inHeader('retry-after', API, 429),
  inHeader('retry-after', API, 503),
  inHeader('retry-after', TOKEN, 429),
  inHeader('inin-correlation-id', API, 403),
  ...['count', 'allowed', 'reset'].map((name) => inHeader(`inin-ratelimit-${name}`, API)),
  inHeader('content-type', API),
]
