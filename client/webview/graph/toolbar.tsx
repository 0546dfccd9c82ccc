import type { GraphView } from '@modeldriver/protocol'
import { Icon, type IconName } from '../shared/icons.tsx'
import type { Mode } from './lineage.ts'
import { SearchBox } from './search-box.tsx'
import type { GraphAction } from './state.ts'
import { zoomLimits } from './viewport.ts'

const modes: readonly (readonly [Mode, string])[] = [
  ['all', 'All'],
  ['lineage', 'Lineage'],
  ['upstream', 'Upstream'],
  ['downstream', 'Downstream'],
]

interface ToolbarProps {
  readonly view: GraphView
  readonly mode: Mode
  readonly dispatch: (action: GraphAction) => void
  readonly zoom: number
  readonly zoomBy: (factor: number) => void
  readonly fit: () => void
}

export function Toolbar({ view, mode, dispatch, zoom, zoomBy, fit }: ToolbarProps) {
  return (
    <header className="toolbar">
      <h1 className="unseen">Dependency graph of {view.title}</h1>
      <SearchBox nodes={view.nodes} found={(node) => dispatch({ kind: 'find', node })} />
      <fieldset className="segments">
        <legend className="unseen">What to show</legend>
        {modes.map(([each, label]) => (
          <button
            key={each}
            type="button"
            aria-pressed={mode === each}
            onClick={() => dispatch({ kind: 'mode', mode: each })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <span className="spring" />
      <Tool icon="minus" label="Zoom out" act={() => zoomBy(1 / zoomLimits.step)} />
      <output className="zoom" aria-label="Zoom">
        {Math.round(zoom * 100)}%
      </output>
      <Tool icon="plus" label="Zoom in" act={() => zoomBy(zoomLimits.step)} />
      <Tool icon="fit" label="Fit everything into view" act={fit} />
    </header>
  )
}

function Tool({ icon, label, act }: { icon: IconName; label: string; act: () => void }) {
  return (
    <button type="button" className="tool" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  )
}
