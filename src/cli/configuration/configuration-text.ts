/** The text of a new configuration. */
export const newConfigurationText = (schema: string, provider: Readonly<Record<string, unknown>>): string =>
  `${JSON.stringify({ $schema: schema, providers: [provider] }, null, 2)}\n`

/** A configuration with one provider more. All else of the text stays as the user has written it. */
export const withProvider = async (text: string, provider: Readonly<Record<string, unknown>>): Promise<string> => {
  const { findNodeAtLocation, parseTree } = await import('jsonc-parser')
  const root = parseTree(text)
  const list = root === undefined ? undefined : findNodeAtLocation(root, ['providers'])
  if (list === undefined) return text
  const last = list.children?.at(-1)
  const at = last === undefined ? list.offset + 1 : last.offset + last.length
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n'
  // As far to the right as the provider before it.
  const before = last === undefined ? '' : text.slice(text.lastIndexOf('\n', last.offset) + 1, last.offset)
  const indent = before !== '' && before.trim() === '' ? before : '    '
  const entry = JSON.stringify(provider, null, 2).replaceAll('\n', `${lineBreak}${indent}`)
  const between = last === undefined ? '' : ','
  const end = last === undefined ? lineBreak : ''
  return `${text.slice(0, at)}${between}${lineBreak}${indent}${entry}${end}${text.slice(at)}`
}
