import { type GraphNode, type GraphView, type RunOverlay, typeName } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { fileName } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import { Tool } from '../shared/tool.tsx'
import { type Lineage, neighbours } from './lineage.ts'
import { runText } from './nodes.tsx'
import { kindAndModel, kindOf } from './words.ts'

interface InspectorProps {
  readonly node: GraphNode
  readonly view: GraphView
  readonly lineage: Lineage | undefined
  readonly go: (node: GraphNode) => void
  readonly choose: (node: string) => void
  readonly run: RunOverlay | undefined
  readonly isFolded: boolean
  readonly fold: (model: string) => void
  readonly runModel: (model: string) => void
  readonly close: () => void
}

export function Inspector(props: InspectorProps) {
  const { node, view, lineage, run, isFolded, fold, go, choose, runModel, close } = props
  const ran = run?.nodes[node.id]
  const lane = view.lanes.find(({ model }) => model === node.model)
  return (
    <aside className="side" aria-label={t('Details of {0}', node.name)} data-inspector={node.id}>
      <div className="about">
        <div className="side-head">
          <span className={`tile large kind-${kindOf(node)}`}>
            <Icon name={kindOf(node)} />
          </span>
          <div>
            <h2>{node.name}</h2>
            <p>{kindAndModel(node)}</p>
          </div>
          <Tool icon="close" label={t('Close details')} act={close} />
        </div>
        <div className="acts">
          {node.place && (
            <button type="button" className="go" onClick={() => go(node)}>
              <Icon name="go" />
              {t('Go to code')}
              <small>
                {fileName(node.place.uri)}:{node.place.range.start.line + 1}
              </small>
            </button>
          )}
          {node.kind === 'model' && (
            <button type="button" className="go" onClick={() => runModel(node.model)}>
              <Icon name="run" />
              {t('Run on sample')}
            </button>
          )}
          {node.kind === 'model' && (
            <button type="button" className="go" onClick={() => fold(node.model)}>
              <Icon name="fold" />
              {isFolded ? t('Open the model') : t('Close to its card')}
            </button>
          )}
        </div>
        {node.doc && <p className="doc">{node.doc}</p>}
        <dl>
          {node.type && <Fact name={t('Type')} value={typeName(node.type)} />}
          {node.why && <Fact name={t('Detected by')} value={node.why} />}
          {node.kind === 'model' && lane && <Fact name={t('Order')} value={`seq ${lane.seq}`} />}
          {node.kind === 'model' && lane && <Fact name={t('Reads')} value={lane.input} />}
          {node.kind === 'model' && lane?.groupBy && (
            <Fact name={t('Group by')} value={lane.groupBy.join(', ') || t('the whole table')} />
          )}
          {ran && <Fact name={run.isStale ? t('Before the last edit') : t('Last run')} value={runText(ran)} />}
          <Fact name={t('Upstream')} value={lineage?.up.nodes.size ?? 0} />
          <Fact name={t('Downstream')} value={lineage?.down.nodes.size ?? 0} />
        </dl>
        {ran?.error !== undefined && (
          <p className="problem problem-error">
            <Icon name="error" />
            <span>{ran.error}</span>
          </p>
        )}
        {node.problems.length > 0 && (
          <section className="problems">
            <h3>
              {t('Problems')} <small>{node.problems.length}</small>
            </h3>
            {node.problems.map(({ severity, code, message }) => (
              <p key={`${code} ${message}`} className={`problem problem-${severity}`}>
                <Icon name={severity === 'error' ? 'error' : severity === 'warning' ? 'warning' : 'info'} />
                <span>
                  {message} <small>{code}</small>
                </span>
              </p>
            ))}
          </section>
        )}
      </div>
      <div className="around">
        <Neighbours title={t('Inputs')} nodes={neighbours(view, node.id, 'inputs')} choose={choose} />
        <Neighbours title={t('Used by')} nodes={neighbours(view, node.id, 'users')} choose={choose} />
      </div>
    </aside>
  )
}

function Fact({ name, value }: { name: string; value: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

interface NeighboursProps {
  readonly title: string
  readonly nodes: readonly GraphNode[]
  readonly choose: (node: string) => void
}

function Neighbours({ title, nodes, choose }: NeighboursProps) {
  if (nodes.length === 0) return null
  return (
    <section>
      <h3>
        {title} <small>{nodes.length}</small>
      </h3>
      <ul>
        {nodes.map((node) => (
          <li key={node.id}>
            <button type="button" onClick={() => choose(node.id)}>
              <span className={`kind-${kindOf(node)}`}>
                <Icon name={kindOf(node)} />
              </span>
              <span>{node.name}</span>
              <small>{node.kind === 'model' ? t('model') : typeName(node.type)}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
