/**
 * Works on several things at once and yields what becomes of each as it is done. Nothing is started that nobody waits
 * for: no more than `limit` are under way or done and not yet taken. `work` must not reject.
 */
export async function* concurrently<A, B>(
  things: Iterable<A>,
  limit: number,
  work: (thing: A) => Promise<B>,
): AsyncGenerator<B> {
  const underWay = new Map<number, Promise<{ readonly place: number; readonly done: B }>>()
  const next = async (): Promise<B> => {
    const { place, done } = await Promise.race(underWay.values())
    underWay.delete(place)
    return done
  }
  let started = 0
  for (const thing of things) {
    const place = started
    started += 1
    underWay.set(
      place,
      work(thing).then((done) => ({ place, done })),
    )
    if (underWay.size >= limit) yield await next()
  }
  while (underWay.size > 0) yield await next()
}
