import type { GraphView, RunOverlay } from '@modeldriver/protocol'
import { Icon, kindWords } from '../shared/icons.tsx'
import type { Layout } from './layout.ts'
import type { Drawing, Lineage } from './lineage.ts'
import { counted, problemCounts } from './words.ts'

const kinds = ['column', 'row', 'group', 'constant', 'model'] as const

interface LegendProps {
  readonly drawing: Drawing
  readonly view: GraphView
  readonly lineage: Lineage | undefined
}

export function Legend({ drawing, view, lineage }: LegendProps) {
  const counts = kinds.map((kind) => ({ kind, count: drawing.nodes.filter((node) => node.kind === kind).length }))
  return (
    <section className="legend" aria-label="Legend">
      <ul>
        {counts
          .filter(({ count }) => count > 0)
          .map(({ kind, count }) => (
            <li key={kind}>
              <span className={`kind-${kind}`}>
                <Icon name={kind} />
              </span>
              {kindWords[kind]} <small>{count}</small>
            </li>
          ))}
        {view.cycles.length > 0 && (
          <li>
            <i className="sample cycle" /> Cycle <small>{view.cycles.length}</small>
          </li>
        )}
        {lineage && (
          <>
            <li>
              <i className="sample up" /> upstream <small>{lineage.up.nodes.size}</small>
            </li>
            <li>
              <i className="sample down" /> downstream <small>{lineage.down.nodes.size}</small>
            </li>
          </>
        )}
      </ul>
    </section>
  )
}

interface StatusProps {
  readonly view: GraphView
  readonly drawing: Drawing
  readonly layout: Layout
  readonly run: RunOverlay | undefined
}

export function StatusLine({ view, drawing, layout, run }: StatusProps) {
  const { errors, warnings, cycles } = problemCounts(view)
  const hidden = view.nodes.length - drawing.nodes.length
  return (
    <footer className="status">
      <span role="status">
        {counted(drawing.nodes.length, 'node')}, {counted(drawing.edges.length, 'edge')}
      </span>
      <span>{counted(layout.ranks, 'layer')}</span>
      {hidden > 0 && <span>{counted(hidden, 'more node')} not drawn</span>}
      {run && <span>{run.isStale ? 'Values of the last run, before the last edit' : 'Values of the last run'}</span>}
      <span className="spring" />
      {cycles > 0 && (
        <span className="problem-error">
          <Icon name="error" /> {counted(cycles, 'cycle')}
        </span>
      )}
      {errors > 0 && (
        <span className="problem-error">
          <Icon name="error" /> {counted(errors, 'error')}
        </span>
      )}
      {warnings > 0 && (
        <span className="problem-warning">
          <Icon name="warning" /> {counted(warnings, 'warning')}
        </span>
      )}
    </footer>
  )
}
