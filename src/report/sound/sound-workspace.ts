import { isRecord } from '../../model/is-record.ts'
import { mended } from '../../model/record-shape.ts'
import { workspaceShape } from '../../model/shapes.ts'
import type { Workspace } from '../../model/workspace.ts'
import { textsOf } from './guards.ts'

/** A workspace as the contract has it; undefined if it has no id. Any other field of a wrong shape is unknown. */
export const soundWorkspace = (workspace: Workspace, provider: string): Workspace | undefined => {
  if (!isRecord(workspace)) return undefined
  const sound = mended<Workspace>(workspaceShape, workspace, {
    provider,
    licenseIds: textsOf(workspace.licenseIds),
    likelyLicenseIds: textsOf(workspace.likelyLicenseIds),
  })
  return sound === undefined || sound.provider === provider ? sound : { ...sound, provider }
}
