import { rolldown } from 'rolldown'

/** The built library as one script, as an admin page would bundle it: its exports are in a global of that name. */
export const bundled = async (entry: string, name: string): Promise<string> => {
  const bundle = await rolldown({ input: entry, platform: 'browser' })
  const { output } = await bundle.generate({ format: 'iife', name, codeSplitting: false })
  await bundle.close()
  return output[0].code
}
