import type { GraphView, RunOverlay } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { Icon, kindWord } from '../shared/icons.tsx'
import type { Layout } from './layout.ts'
import type { Drawing, Lineage } from './lineage.ts'
import { problemCounts } from './words.ts'

const kinds = ['column', 'row', 'group', 'constant', 'model'] as const

interface LegendProps {
  readonly drawing: Drawing
  readonly view: GraphView
  readonly lineage: Lineage | undefined
}

export function Legend({ drawing, view, lineage }: LegendProps) {
  const counts = kinds.map((kind) => ({ kind, count: drawing.nodes.filter((node) => node.kind === kind).length }))
  return (
    <section className="legend" aria-label={t('Legend')}>
      <ul>
        {counts
          .filter(({ count }) => count > 0)
          .map(({ kind, count }) => (
            <li key={kind}>
              <span className={`kind-${kind}`}>
                <Icon name={kind} />
              </span>
              {kindWord(kind)} <small>{count}</small>
            </li>
          ))}
        {view.cycles.length > 0 && (
          <li>
            <i className="sample cycle" /> {t('Cycle')} <small>{view.cycles.length}</small>
          </li>
        )}
        {lineage && (
          <>
            <li>
              <i className="sample up" /> {t('upstream')} <small>{lineage.up.nodes.size}</small>
            </li>
            <li>
              <i className="sample down" /> {t('downstream')} <small>{lineage.down.nodes.size}</small>
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
  const [nodes, edges, ranks] = [drawing.nodes.length, drawing.edges.length, layout.ranks]
  const hidden = view.nodes.length - nodes
  return (
    <footer className="status">
      <span role="status">
        {nodes === 1 ? t('1 node') : t('{0} nodes', nodes)}, {edges === 1 ? t('1 edge') : t('{0} edges', edges)}
      </span>
      <span>{ranks === 1 ? t('1 layer') : t('{0} layers', ranks)}</span>
      {hidden > 0 && <span>{hidden === 1 ? t('1 more node not drawn') : t('{0} more nodes not drawn', hidden)}</span>}
      {run && (
        <span>{run.isStale ? t('Values of the last run, before the last change') : t('Values of the last run')}</span>
      )}
      <span className="spring" />
      {cycles > 0 && (
        <span className="problem-error">
          <Icon name="error" /> {cycles === 1 ? t('1 cycle') : t('{0} cycles', cycles)}
        </span>
      )}
      {errors > 0 && (
        <span className="problem-error">
          <Icon name="error" /> {errors === 1 ? t('1 error') : t('{0} errors', errors)}
        </span>
      )}
      {warnings > 0 && (
        <span className="problem-warning">
          <Icon name="warning" /> {warnings === 1 ? t('1 warning') : t('{0} warnings', warnings)}
        </span>
      )}
    </footer>
  )
}
