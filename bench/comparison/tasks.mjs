// The ten tasks of docs/comparison.md, in their order: later ones use what earlier ones have written.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** `id`: the name of the task's file for each of the other tools. Words in capitals are filled in before anything is run. */
export const tasks = [
  { id: 'used', task: 'What is bought and used?', seatlens: ['report'] },
  { id: 'holders', task: 'Who holds a license?', seatlens: ['users --license LICENSE --format csv'] },
  { id: 'person', task: 'What does one person hold?', seatlens: ['user EMAIL'] },
  { id: 'everybody', task: 'Everybody, with their licenses, as a file', seatlens: ['users --format csv'] },
  { id: 'idle', task: 'Which seats can go?', seatlens: ['report --by finding --output seats.csv'] },
  {
    id: 'give',
    task: 'Give a license to 100 people',
    seatlens: ['plan --assign LICENSE --file team.csv --output plan.json', 'apply plan.json --yes'],
  },
  { id: 'take-back', task: 'Take that back', seatlens: ['undo plan.json.journal --yes'] },
  { id: 'limit', task: 'Fail if more than 90 % of a license is used', seatlens: ['check --max-utilization 90'] },
  {
    id: 'changed',
    task: 'What has changed since yesterday?',
    seatlens: ['snapshot --output today', 'diff yesterday today'],
  },
  { id: 'several', task: 'Two organizations, one of which fails', seatlens: ['users --format csv'] },
]

/** What a user writes for a task: a line of the shell for `gc`, a program for wxc_sdk. */
export const scriptOf = (tool, { id }) => {
  const file = join(import.meta.dirname, tool, `${id}.${tool === 'gc' ? 'sh' : 'py'}`)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

/** The characters of it, each with its placeholders; all lines are counted, and a call of a program is not. */
export const keystrokesOf = (tool, task) =>
  (tool === 'seatlens' ? task.seatlens.map((args) => `seatlens ${args}`).join(' && ') : scriptOf(tool, task)).length
