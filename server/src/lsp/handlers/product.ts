import type { GraphResult, LineageResult, ProjectsResult, Target } from '@modeldriver/protocol'
import { graphOf } from '../../ide/graph-view.ts'
import { lineageOf } from '../../ide/lineage.ts'
import { featuresIn } from '../../ide/sources.ts'
import { targetOf } from '../../ide/target.ts'
import type { Handler } from '../context.ts'
import { featureRef, positionParam, uriParam } from '../from-lsp.ts'
import { toGraphView, toLineageResult } from '../to-lsp.ts'

// The requests that ModelDriver's own client makes beyond LSP (protocol/src/server.ts).

export const upstream: Handler<unknown, LineageResult | null> =
  ({ projectAt, places }) =>
  (params) => {
    const { uri, feature } = featureRef(params)
    const found = projectAt(uri)
    if (!found) return null
    const { analysis } = found.project
    const own = featuresIn(analysis, found.path).find((candidate) => candidate.feature.name === feature)
    return own ? toLineageResult(places, lineageOf(analysis, own.model, own.feature)) : null
  }

export const graph: Handler<unknown, GraphResult> =
  ({ projectAt, places }) =>
  (params) => {
    const found = projectAt(uriParam(params))
    return found ? toGraphView(places, found.project, graphOf(found.project.analysis, found.path)) : null
  }

export const projects: Handler<unknown, ProjectsResult> =
  ({ workspace, documents }) =>
  () =>
    workspace
      .projects()
      .map(({ path }) => ({ uri: documents.uriOf(path) }))
      .sort((a, b) => (a.uri < b.uri ? -1 : 1))

export const target: Handler<unknown, Target | null> =
  ({ at, projectAt }) =>
  (params) => {
    const uri = uriParam(params)
    const position = positionParam(params)
    const place = position && at(uri, position)
    const found = place ?? projectAt(uri)
    return (found && targetOf(found.project.analysis, found.path, place?.offset)) ?? null
  }
