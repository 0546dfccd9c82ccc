import type { AnalysedModel, Analysis, Location, Span } from '@modeldriver/engine'
import { locationOf, sourceOf } from '../sources.ts'

/** What is said of the thing under the cursor. */
export interface Hover {
  readonly span: Span
  /** Markdown. */
  readonly text: string
  /** Where that is made which is spoken of, when it is elsewhere. */
  readonly location?: Location
  /** Its name in the graph. */
  readonly node?: string
}

/** Where the thing is made that a model reads under a name, and its node in the graph. */
export function placeOf(analysis: Analysis, model: AnalysedModel, name: string): Pick<Hover, 'location' | 'node'> {
  const source = sourceOf(analysis, model, name)
  const location = locationOf(analysis, source)
  if (source.kind === 'unknown') return {}
  const node = source.kind === 'feature' ? source.feature.name : source.name
  return { node, ...(location && { location }) }
}

export const touches = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end
