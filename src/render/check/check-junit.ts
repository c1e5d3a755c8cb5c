import type { CheckItem, CheckResult, CheckRule } from '../../check/check-result.ts'
import { configurationLinesOf, type Noticed } from '../notices.ts'
import type { Render } from '../rendering.ts'
import { costText } from '../text/cost-text.ts'
import { countText } from '../text/count-text.ts'
import { xmlElement, xmlText } from '../text/xml-text.ts'
import { checkFilterLines } from './check-filter.ts'

interface TestCase {
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'error'
  readonly xml: string
}

interface TestSuite {
  readonly name: string
  readonly cases: readonly TestCase[]
}

/** Names are not unique; ids are. */
const caseNameOf = ({ name, licenseId, userId }: CheckItem): string => {
  const ids = [licenseId, userId].filter((id) => id !== undefined && id !== name)
  return ids.length === 0 ? name : `${name} (${ids.join(', ')})`
}

/** What was found, or why that is unknown. */
const messageOf = ({ verdict, notJudged, message }: CheckItem): string =>
  verdict === 'unknown' || notJudged ? `unknown: ${message}` : message

const detailsOf = (item: CheckItem): string => {
  const { seats, cost } = item
  return [
    messageOf(item),
    ...(seats === undefined || seats.kind === 'notApplicable' ? [] : [`seats: ${countText(seats)}`]),
    ...(cost === undefined || cost.kind === 'notApplicable' ? [] : [`cost per month: ${costText(cost)}`]),
  ].join('; ')
}

/** What is unknown has not passed, and neither has what is breached and accepted. */
const reasonToSkip = (item: CheckItem): string | undefined => {
  const { verdict, accepted } = item
  const message = messageOf(item)
  switch (verdict) {
    case 'unknown':
      return message
    case 'accepted': {
      const until = accepted?.until === undefined ? '' : `, until ${accepted.until}`
      return `accepted: ${accepted?.reason ?? ''}${until}; ${message}`
    }
    case 'inBaseline':
      return `in the baseline: ${message}`
    default:
      return undefined
  }
}

const caseOf = (item: CheckItem): TestCase => {
  const attributes = { classname: `${item.provider ?? 'all'}.${item.rule}`, name: caseNameOf(item) }
  const skipped = reasonToSkip(item)
  if (skipped !== undefined) {
    return {
      outcome: 'skipped',
      xml: xmlElement('testcase', attributes, [xmlElement('skipped', { message: skipped })]),
    }
  }
  if (item.verdict === 'passed') return { outcome: 'passed', xml: xmlElement('testcase', attributes) }
  const failure = xmlElement('failure', { message: detailsOf(item), type: item.rule })
  return { outcome: 'failed', xml: xmlElement('testcase', attributes, [failure]) }
}

const configurationCase = (provider: string, name: string, noticed: Noticed): TestCase => {
  const [message] = configurationLinesOf(noticed)
  return {
    outcome: 'error',
    xml: xmlElement('testcase', { classname: `${provider}.configuration`, name }, [
      xmlElement('error', { message, type: 'configuration' }),
    ]),
  }
}

/** A configured license or limit that is not listed counts for nothing, and is no pass either. */
const configurationOf = ({ idleDeclarations = [], idleLimits = [] }: CheckResult): readonly TestSuite[] => {
  const cases = [
    ...idleDeclarations.map((declaration) =>
      configurationCase(declaration.provider, `licenses: ${declaration.key}`, { idleDeclarations: [declaration] }),
    ),
    ...idleLimits.map((limit) =>
      configurationCase(limit.provider ?? 'all', `limits: ${limit.license}`, { idleLimits: [limit] }),
    ),
  ]
  return cases.length === 0 ? [] : [{ name: 'configuration', cases }]
}

/** What could not be read is an error of the check itself, so that no reader takes it for a pass. */
const readingOf = ({ providers, problems, complete }: CheckResult): readonly TestCase[] =>
  complete
    ? providers.map(({ id, displayName }) => ({
        outcome: 'passed',
        xml: xmlElement('testcase', {
          classname: `${id}.data-quality`,
          name: `${displayName} was read completely`,
        }),
      }))
    : [
        {
          outcome: 'error',
          xml: xmlElement('testcase', { classname: 'all.data-quality', name: 'everything was read' }, [
            ...problems.slice(0, 1).map((message) => xmlElement('error', { message, type: 'incomplete' })),
            ...(problems.length > 1 ? [xmlElement('system-err', {}, problems.map(xmlText))] : []),
          ]),
        },
      ]

/** What makes nothing unknown, and fails nothing. */
const told = (name: string, lines: readonly string[]): readonly TestCase[] =>
  lines.length === 0
    ? []
    : [
        {
          outcome: 'passed',
          xml: xmlElement('testcase', { classname: 'all.data-quality', name }, [
            xmlElement('system-out', {}, [xmlText(lines.join('\n'))]),
          ]),
        },
      ]

const qualityOf = (result: CheckResult): TestSuite => ({
  name: 'data quality',
  cases: [...readingOf(result), ...told('filter', checkFilterLines(result)), ...told('remarks', result.remarks ?? [])],
})

const suiteOf = ({ name, cases }: TestSuite, timestamp: string): string => {
  const having = (outcome: TestCase['outcome']) => cases.filter((testCase) => testCase.outcome === outcome).length
  const counts = {
    tests: cases.length,
    failures: having('failed'),
    errors: having('error'),
    skipped: having('skipped'),
  }
  return xmlElement(
    'testsuite',
    { name, ...counts, timestamp },
    cases.map(({ xml }) => xml),
  )
}

/** For the test reports of build servers: a suite for each limit and rule, a case for each item of the check. */
export const renderCheckJunit: Render<CheckResult> = (result) => {
  const byRule = new Map<CheckRule, TestCase[]>()
  for (const item of result.items) {
    const cases = byRule.get(item.rule) ?? []
    byRule.set(item.rule, cases)
    cases.push(caseOf(item))
  }
  const suites = [
    qualityOf(result),
    ...configurationOf(result),
    ...[...byRule].map(([name, cases]): TestSuite => ({ name, cases })),
  ]
  const all = suites.flatMap(({ cases }) => cases)
  const having = (outcome: TestCase['outcome']) => all.filter((testCase) => testCase.outcome === outcome).length
  const document = xmlElement(
    'testsuites',
    {
      name: 'seatlens check',
      tests: all.length,
      failures: having('failed'),
      errors: having('error'),
      skipped: having('skipped'),
    },
    suites.map((suite) => suiteOf(suite, result.generatedAt.slice(0, 'YYYY-MM-DDThh:mm:ss'.length))),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`
}
