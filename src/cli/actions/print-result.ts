import type { Content, RenderTarget } from '../../render/index.ts'
import type { Invocation } from '../invocation.ts'
import { openOutputFile } from '../output/output-file.ts'
import { surfaceOf } from '../output/surface.ts'
import { writeOut } from '../output/write-out.ts'
import { INTERRUPTED } from './reason-to-keep-old.ts'

/**
 * Writes what is made where it belongs: to stdout, or into the file of `--output`, which is opened before the work, so
 * that a path that cannot be written costs no wait. An interrupted run leaves the file as it was.
 */
export const printResult = async <A>(
  { environment, signal }: Pick<Invocation, 'environment' | 'signal'>,
  output: string | undefined,
  make: () => Promise<A>,
  render: (made: A, target: RenderTarget) => Promise<Content>,
): Promise<A> => {
  const file = output === undefined ? undefined : await openOutputFile(output, environment)
  const made = await make()
  if (file === undefined) await writeOut(environment, await render(made, surfaceOf(environment)))
  else if (signal.aborted) file.leave(INTERRUPTED)
  else await file.commit(await render(made, { isFile: true }))
  return made
}
