import { dirname, newProject, typeScriptReader } from '@modeldriver/engine'
import type { NewProjectResult } from '@modeldriver/protocol'
import type { Handler } from '../context.ts'
import { dataParam, uriParam } from '../from-lsp.ts'
import { pathOf } from '../paths.ts'

/** What *Create modeldriver.json* writes: the same texts as `modeldriver init`. */
export const newProjectTexts: Handler<unknown, NewProjectResult | null> =
  ({ files }) =>
  (params) => {
    const feature = pathOf(uriParam(params))
    const uri = dataParam(params)
    const data = uri === undefined ? undefined : pathOf(uri)
    if (feature === undefined) return null
    const chosen = data === undefined ? {} : { chosen: { feature, data } }
    const { notes: _, ...texts } = newProject(dirname(feature), { files, reader: typeScriptReader(), ...chosen })
    return texts
  }
