import { jsonText } from '../text/json-text.ts'
import type { RenderPerson } from './person-formats.ts'

/** An array with what each provider that knows the person knows. */
export const renderPersonJson: RenderPerson = (person) => `${jsonText(person, 2)}\n`
