import { button, fill, h, labelled, on, options } from '../dom.ts'
import type { View } from '../place.ts'
import { errorText, notice, time } from '../words.ts'

/** The report of the library as its own page, in a frame that has no part in this site's session. */
export const showReport: View = async ({ root, api, tenant, canChange, showError }) => {
  const of = h('select')
  const frame = h('iframe', {
    title: `Report of ${tenant.name}`,
    sandbox: 'allow-scripts allow-downloads allow-popups',
  })
  const link = h('a', { target: '_blank', rel: 'noopener' }, 'Open in a tab of its own')
  const told = h('div', {}, notice('plain', 'The report is being made …'))
  const open = async (): Promise<void> => {
    const path = api.reportPage(of.value === '' ? undefined : of.value)
    link.href = path
    fill(told, notice('plain', 'The report is being made …'))
    // What goes wrong is told here in words: this page cannot look into the frame. The server keeps what it has read.
    try {
      if (of.value === '') await api.report()
      frame.src = path
    } catch (error) {
      fill(told)
      showError(error)
    }
  }
  on(frame, { load: () => frame.src !== '' && fill(told) })
  on(of, { change: open })
  const showSnapshots = async (): Promise<void> => {
    const snapshots = await api.snapshots()
    options(of, [
      ['', 'Now'],
      ...snapshots.map(
        ({ id, takenAt, complete }) => [id, `${time(takenAt).textContent}${complete ? '' : ' (partial)'}`] as const,
      ),
    ])
  }
  options(of, [['', 'Now']])
  fill(
    root,
    h(
      'div',
      { class: 'bar-of-actions' },
      labelled('As of', of),
      canChange &&
        button(
          'Take a snapshot',
          async () => {
            fill(told, notice('plain', 'The snapshot is being taken …'))
            const { id } = await api.takeSnapshot()
            await showSnapshots()
            of.value = id
            await open()
          },
          { onError: (error) => fill(told, notice('bad', errorText(error))) },
        ),
      link,
    ),
    told,
    frame,
  )
  await Promise.all([open(), showSnapshots()])
}
