#!/usr/bin/env node
import { main } from './main.ts'
import { flushed, processEnvironment } from './process-environment.ts'
import { registry } from './registry.ts'

const code = await main(process.argv.slice(2), processEnvironment, registry)
await flushed(processEnvironment)
process.exit(code)
