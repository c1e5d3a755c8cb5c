// Does the ten tasks of docs/comparison.md against both simulators, and prints the characters and the requests of each as a table.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inFolder } from './in-folder.mjs'
import { commandLine, dist, runOnce } from './measure.mjs'

const USERS = 1_000
const TEAM = 100

const { startGenesysSimulator } = await import(join(dist, 'providers/genesys/simulator/index.js'))
const { startWebexSimulator } = await import(join(dist, 'providers/webex/simulator/index.js'))
const genesys = await startGenesysSimulator({ users: USERS })
const webex = await startWebexSimulator({ users: USERS })
const simulators = [genesys, webex]

const license = genesys.organization.definitions.at(-1).id
const people = [...genesys.organization.users()].filter(
  ({ record, licenseIds }) => record?.state === 'active' && record.email !== undefined && !licenseIds.includes(license),
)
const team = people.slice(0, TEAM).map(({ record }) => record.email)

/** The tasks, in their order: the later ones use what the earlier ones have written. */
const tasks = [
  ['What is bought and used?', ['licenses']],
  ['Who holds a license?', [`users --license ${license} --format csv`]],
  ['What does one person hold, everywhere?', [`user ${team[0]}`]],
  ['Everybody, with their licenses, as a file', ['users --format csv']],
  ['Which seats can go?', ['report --by finding --output seats.csv']],
  [
    `Give a license to ${TEAM} people`,
    [`plan --provider genesys --assign ${license} --file team.csv --output plan.json`, 'apply plan.json --yes'],
  ],
  ['Take that back', ['undo plan.json.journal --yes']],
  ['Fail if more than 90 % of a license is used', ['check --max-utilization 90']],
  ['What has changed since yesterday?', ['snapshot --output today', 'diff yesterday today']],
  ['A report although one organization fails', ['report']],
]

/** The ends that the tasks may have: a limit that is breached, and what a seeded organization or a failure makes incomplete. */
const codes = [0, 3, 5]

await inFolder(async ({ path, write }) => {
  const configure = (secret) =>
    write('seatlens.json', {
      providers: [
        { id: 'genesys', type: 'genesys', ...genesys.configuration, ...secret },
        { id: 'webex', type: 'webex', ...webex.configuration },
      ],
    })
  const run = (command) => runOnce([commandLine, ...command.split(' ')], { cwd: path, codes, keep: true })
  await configure({})
  await writeFile(join(path, 'team.csv'), `user\n${team.join('\n')}\n`)
  await run('snapshot --output yesterday')
  console.log('| task | command | characters | requests | exit code |\n| --- | --- | ---: | ---: | ---: |')
  for (const [task, commands] of tasks) {
    if (task.includes('fails')) await configure({ clientSecret: 'wrong' })
    for (const { requests } of simulators) requests.clear()
    let code = 0
    for (const command of commands) code = (await run(command)).code
    const requests = simulators.reduce(
      (sum, one) => sum + [...one.requests.byRoute().values()].reduce((all, some) => all + some, 0),
      0,
    )
    const line = commands.map((command) => `seatlens ${command}`).join(' && ')
    console.log(`| ${task} | \`${line}\` | ${line.length} | ${requests} | ${code} |`)
  }
})
for (const { destroy } of simulators) await destroy()
