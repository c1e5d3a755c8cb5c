/** The first so many texts, and how many more there are, where a text about all of them would be too long. */
export const someOf = (texts: readonly string[], most: number, what: string): readonly string[] => {
  const others = texts.length - most
  return others > 0 ? [...texts.slice(0, most), `and ${others} more ${what}`] : texts
}
