// What goes wrong on the third page of a list of holders, for both vendors.
const pages = {
  genesys: {
    rows: 'entities',
    match: (number) => ({ path: '/api/v2/license/users', query: { pageNumber: String(number) } }),
  },
  webex: { rows: 'users', match: (number, license) => ({ path: `/v1/licenses/${license}`, skip: number - 1 }) },
}

const rewritten = (rows, change) => ({
  kind: 'rewrite',
  rewrite: (answer) => {
    const body = JSON.parse(answer.body)
    return { ...answer, body: JSON.stringify({ ...body, [rows]: change(body[rows]) }) }
  },
})

const limited = { kind: 'status', status: 429, headers: { 'retry-after': '2' } }
const broken = { kind: 'status', status: 500 }
const truncated = { kind: 'truncate' }

export const faults = [
  { name: '429, `Retry-After: 2`, once', add: ({ at }) => ({ match: { ...at(3), times: 1 }, effect: limited }) },
  { name: '500, once', add: ({ at }) => ({ match: { ...at(3), times: 1 }, effect: broken }) },
  { name: '500, again and again', add: ({ at }) => ({ match: at(3), effect: broken }) },
  { name: 'half of the JSON, once', add: ({ at }) => ({ match: { ...at(3), times: 1 }, effect: truncated }) },
  { name: 'half of the JSON, again and again', add: ({ at }) => ({ match: at(3), effect: truncated }) },
  {
    name: 'the token expires',
    add: ({ at, simulator }) => ({
      match: { ...at(2), times: 1 },
      effect: {
        kind: 'rewrite',
        rewrite: (answer) => {
          simulator.tokens.expire()
          return answer
        },
      },
    }),
  },
  {
    name: 'an empty page, and more after it',
    add: ({ at, rows }) => ({ match: { ...at(3), times: 1 }, effect: rewritten(rows, () => []) }),
  },
  {
    name: 'half of its rows twice, the other half missing',
    add: ({ at, rows }) => ({
      match: { ...at(3), times: 1 },
      effect: rewritten(rows, (all) => [...all.slice(0, all.length / 2), ...all.slice(0, all.length / 2)]),
    }),
  },
]

export const putInForce = ({ add }, vendor, { simulator, license }) => {
  const { rows, match } = pages[vendor]
  simulator.faults.add(add({ at: (number) => match(number, license), rows, simulator }))
}
