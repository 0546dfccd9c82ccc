import type { GraphFormat, GraphView } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { Icon } from '../shared/icons.tsx'
import { MenuButton } from '../shared/menu.tsx'
import { Tool } from '../shared/tool.tsx'
import type { Mode } from './lineage.ts'
import { depths } from './scope.ts'
import { SearchBox } from './search-box.tsx'
import type { GraphAction } from './state.ts'
import { zoomLimits } from './viewport.ts'

const modes = (): readonly (readonly [Mode, string])[] => [
  ['all', t('All')],
  ['lineage', t('Lineage')],
  ['upstream', t('Upstream')],
  ['downstream', t('Downstream')],
]

const formats = (): readonly (readonly [GraphFormat, string])[] => [
  ['svg', t('SVG picture…')],
  ['png', t('PNG picture…')],
  ['mermaid', t('Mermaid text…')],
  ['dot', t('Graphviz DOT text…')],
]

interface ToolbarProps {
  readonly view: GraphView
  readonly mode: Mode
  readonly depth: number | undefined
  readonly dispatch: (action: GraphAction) => void
  readonly zoom: number
  readonly zoomBy: (factor: number) => void
  readonly fit: () => void
  readonly exportAs: (format: GraphFormat) => void
}

export function Toolbar({ view, mode, depth, dispatch, zoom, zoomBy, fit, exportAs }: ToolbarProps) {
  return (
    <header className="toolbar">
      <h1 className="unseen">{t('Dependency graph of {0}', view.title)}</h1>
      <SearchBox nodes={view.nodes} found={(node) => dispatch({ kind: 'find', node })} />
      <fieldset className="segments">
        <legend className="unseen">{t('What to show')}</legend>
        {modes().map(([each, label]) => (
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
      {mode !== 'all' && (
        <select
          className="depth"
          aria-label={t('How many steps away')}
          value={depth ?? 'all'}
          onChange={({ target: { value } }) =>
            dispatch({ kind: 'depth', depth: value === 'all' ? undefined : Number(value) })
          }
        >
          {depths.map((each) => (
            <option key={each} value={each}>
              {each === 1 ? t('1 step') : t('{0} steps', each)}
            </option>
          ))}
          <option value="all">{t('all steps')}</option>
        </select>
      )}
      <span className="spring" />
      <Tool icon="minus" label={t('Zoom out')} act={() => zoomBy(1 / zoomLimits.step)} />
      <output className="zoom" aria-label={t('Zoom')}>
        {Math.round(zoom * 100)}%
      </output>
      <Tool icon="plus" label={t('Zoom in')} act={() => zoomBy(zoomLimits.step)} />
      <Tool icon="fit" label={t('Fit everything into view')} act={fit} />
      <MenuButton
        label={t('Export what is drawn')}
        entries={formats().map(([format, label]) => ({ label, action: () => exportAs(format) }))}
      >
        <Icon name="export" />
      </MenuButton>
    </header>
  )
}
