import { quantity } from '../model/quantity.ts'

/** The first so many texts, and how many more there are, where a text about all of them would be too long. `one`: what one of them is called. */
export const someOf = (texts: readonly string[], most: number, one: string): readonly string[] => {
  const others = texts.length - most
  return others > 0 ? [...texts.slice(0, most), `and ${quantity(others, `more ${one}`)}`] : texts
}
