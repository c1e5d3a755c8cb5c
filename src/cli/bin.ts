#!/usr/bin/env node
import { problemOfNode } from './problem-of-node.ts'

const problem = problemOfNode(process.versions.node)
if (problem === undefined) {
  // Not before: what an older Node does not understand would end it with a stack of its own.
  const { run } = await import('./run.ts')
  await run()
} else {
  process.stderr.write(`${problem}\n`)
  process.exitCode = 2
}
