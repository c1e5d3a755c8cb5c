// The least that can be done: fetch and JSON.parse for the same pages of Genesys Cloud, eight at the same time, and nothing else.
import { licensesAt, peopleAt, signedIn } from './genesys-get.mjs'

const get = await signedIn(JSON.parse(process.argv[2]))

const lists = [licensesAt, peopleAt]
let count = 0
const firsts = await Promise.all(lists.map((pathOf) => get(pathOf(1))))
const asked = firsts.flatMap(({ pageCount }, list) =>
  Array.from({ length: pageCount - 1 }, (_, index) => [list, index + 2]),
)
const take = (list, { entities }) => {
  if (list === 0) count += entities.length
}
firsts.forEach((page, list) => {
  take(list, page)
})
let next = 0
await Promise.all(
  Array.from({ length: 8 }, async () => {
    while (next < asked.length) {
      const [list, page] = asked[next++]
      take(list, await get(lists[list](page)))
    }
  }),
)
console.log(count)
