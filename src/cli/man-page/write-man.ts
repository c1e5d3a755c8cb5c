import { mkdir, writeFile } from 'node:fs/promises'
import { createProgram } from '../main.ts'
import { processEnvironment } from '../process-environment.ts'
import { manPage } from './man-page.ts'

// Run by the build, from the root of the package, so that the page is never older than the help.
const program = createProgram(processEnvironment, {
  run: async () => {},
  onCall: () => {},
  onRemark: () => {},
  onMistake: () => {},
})
await mkdir('dist/man', { recursive: true })
await writeFile('dist/man/seatlens.1', manPage(program))
