import { createInterface } from 'node:readline/promises'
import { hashPassword } from './sign-in/passwords.ts'

/** Reads a password from the standard input, and prints what the configuration has of it. */
const lines = createInterface({ input: process.stdin, output: process.stderr })
const password = await lines.question('password (it is shown): ')
lines.close()
console.log(await hashPassword(password))
