import * as E from 'fp-ts/lib/Either.js'
import type { AccessWay, Fields, ProviderDefinition } from '../../provider-kit/index.ts'
import { commandSource, fileSource, givenSetting, variableReference } from '../configuration/given-setting.ts'
import type { Environment } from '../environment.ts'
import { notify } from '../output/notify.ts'
import type { Questions } from '../output/questions.ts'

/** The user was asked, and left: by no, by Ctrl-C, or by the end of the input. */
export class UserLeft extends Error {
  override readonly name = 'UserLeft'
}

/** Reads an answer. `Left`: what was expected, so that it is asked again. */
type Read<A> = (text: string) => E.Either<string, A> | Promise<E.Either<string, A>>

/** One of several answers: what it is called, and what it means. */
interface Choice {
  readonly name: string
  readonly title: string
}

/** Where a secret comes from. */
interface Source extends Choice {
  readonly question: string
  readonly read: Read<unknown>
}

const sources: readonly Source[] = [
  {
    name: 'environment',
    title: 'a variable of the environment',
    question: 'Which variable?',
    read: variableReference,
  },
  { name: 'file', title: 'a file', question: 'Which file?', read: fileSource },
  {
    name: 'command',
    title: 'a program, such as a password manager: pass show genesys',
    question: 'Which program, with its arguments?',
    read: commandSource,
  },
]

/** `GENESYS_EMEA_CLIENT_SECRET` of the field `clientSecret` of the provider `genesys-emea`. */
const variableOf = (id: string, field: string): string =>
  `${id}_${field.replace(/[A-Z]/g, '_$&')}`.replace(/[^A-Za-z0-9_]/g, '_').toUpperCase()

/** Whose settings are asked for: of the vendor, under the id that it has here. */
export interface Asked extends Pick<ProviderDefinition, 'settings' | 'ways'> {
  readonly id: string
  /** What its id is made of: where it is the id, the variables of the environment are those of the vendor. */
  readonly slug: string
}

/** Asks what a configuration needs. Every function throws `UserLeft` if the user leaves. */
export interface Interview {
  readonly answer: <A>(question: string, usual: string | undefined, read: Read<A>) => Promise<A>
  /** Answers are numbers or names; `read` has the name. `others`: what may be typed besides. */
  readonly choose: <A>(question: string, choices: readonly Choice[], read: Read<A>, others?: string) => Promise<A>
  readonly yes: (question: string, usual: boolean) => Promise<boolean>
  /** Leaves unless the user agrees. */
  readonly demandYes: (question: string, usual: boolean) => Promise<void>
  /** How access is given, if the vendor has several ways. `values`: what is set already. */
  readonly way: (asked: Asked, values: Readonly<Record<string, unknown>>) => Promise<AccessWay | undefined>
  /** The value of a setting; of a secret, where it comes from. */
  readonly setting: (asked: Asked, field: string) => Promise<unknown>
}

export const interviewOver = (questions: Questions, environment: Environment): Interview => {
  const { variables } = environment
  const answer: Interview['answer'] = async (question, usual, read) => {
    for (;;) {
      const typed = await questions.ask(usual === undefined ? question : `${question} [${usual}]`)
      if (typed === undefined) throw new UserLeft()
      const text = typed.trim() === '' ? usual : typed.trim()
      const result = text === undefined ? E.left('expected an answer') : await read(text)
      if (E.isRight(result)) return result.right
      notify(environment, result.left)
    }
  }
  const choose: Interview['choose'] = (question, choices, read, others) => {
    const lines = choices.map(({ title }, index) => `  ${index + 1}  ${title}`)
    const names = choices.map(({ name }) => name)
    return answer(
      [question, ...lines, others === undefined ? 'Number' : `Number, ${others}`].join('\n'),
      '1',
      (text) => {
        const name = names[Number(text) - 1] ?? text
        return !names.includes(name) && (others === undefined || /^\d+$/.test(text))
          ? E.left(`expected a number from 1 to ${choices.length}`)
          : read(name)
      },
    )
  }
  const yes: Interview['yes'] = (question, usual) =>
    answer(`${question} (yes or no)`, usual ? 'yes' : 'no', (text) =>
      /^(y|yes|n|no)$/i.test(text) ? E.right(/^y/i.test(text)) : E.left('expected yes or no'),
    )
  let usualSource = sources[0]

  const usualVariable = ({ id, slug }: Asked, field: string, { variable }: Fields.Setting): string =>
    variable !== undefined && id === slug ? variable : variableOf(id, field)

  const secret = async (asked: Asked, field: string, setting: Fields.Setting): Promise<unknown> => {
    const others = sources.filter((one) => one !== usualSource)
    const source = await choose(
      `Where does ${field} come from? It is not written into the configuration.`,
      usualSource === undefined ? others : [usualSource, ...others],
      (name) => E.fromNullable('expected one of these')(sources.find((one) => one.name === name)),
    )
    usualSource = source
    const usual = source.name === 'environment' ? usualVariable(asked, field, setting) : undefined
    return answer(source.question, usual, source.read)
  }
  return {
    answer,
    choose,
    yes,
    demandYes: async (question, usual) => {
      if (!(await yes(question, usual))) throw new UserLeft()
    },
    way: async ({ ways = [] }, values) => {
      const fits = ways.filter(({ fields }) => fields.some((field) => Object.hasOwn(values, field)))
      if (ways.length < 2 || fits.length === 1) return fits[0] ?? ways[0]
      const open = fits.length > 1 ? fits : ways
      return choose(
        'How does Seatlens get access?',
        open.map(({ title }) => ({ name: title, title })),
        (title) => E.fromNullable('expected one of these')(open.find((one) => one.title === title)),
      )
    },
    setting: async (asked, field) => {
      const setting = asked.settings[field]
      if (setting === undefined) throw new UserLeft()
      if (setting.secret) return secret(asked, field, setting)
      const variable = usualVariable(asked, field, setting)
      const usual = variables[variable] ? `\${${variable}}` : undefined
      return answer(`${field}: ${setting.schema.description ?? setting.expected}\n${field}`, usual, (text) =>
        givenSetting(setting, text),
      )
    },
  }
}
