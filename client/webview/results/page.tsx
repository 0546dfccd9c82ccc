import {
  type FromResultsPage,
  groupsText,
  type ModelSummary,
  problemsOf,
  rowsText,
  type TableChanges,
} from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { useEffect, useMemo, useRef, useState } from 'react'
import { formatCount, formatDuration } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import { Notice, usePageMarks } from '../shared/page.tsx'
import { ColumnPanel } from './column-panel.tsx'
import { both } from './conditions.ts'
import { FeatureTable, type OpenPlace } from './feature-table.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Grid } from './grid.tsx'
import type { Tab } from './place.ts'
import { ProblemLines, Problems } from './problems.tsx'
import { SelectionFacts } from './selection-facts.tsx'
import { currentModel, failures, type ResultsAction, type ResultsState, tableOf } from './state.ts'
import { TracePanel } from './trace-panel.tsx'
import { shownTrace, tracedCell } from './traced.ts'
import { type ResultsHost, useIsRoomy, useResults } from './use-results.ts'

type Post = (message: FromResultsPage) => void

export function ResultsPage({ host }: { host: ResultsHost }) {
  const { state, dispatch, post, tables } = useResults(host)
  const { summary, error, running, tab, chosen, wantsDetails, rev } = state
  const isRoomy = useIsRoomy()
  const [begun, setBegun] = useState({ text: '', number: 0 })
  const model = currentModel(state)
  /** Told to what was drawn since: the effects of a grid come before this one. */
  const revealed = useRef(0)
  useEffect(() => {
    revealed.current = state.reveal
  }, [state.reveal])
  usePageMarks('results', running ? 'loading' : error !== undefined ? 'error' : summary ? 'ready' : 'loading', rev)

  const answer = state.trace?.answer
  const found = chosen !== undefined && tab !== 'features' && answer?.column === chosen ? answer : undefined
  const trace = useMemo(() => found && model && shownTrace(found, model), [found, model])
  // What a run shows by itself is not marked in graph and code: nobody asked for it.
  const asked = wantsDetails ? trace : undefined
  const traced = useMemo(() => asked && model && tracedCell(model.model, asked), [asked, model])
  useEffect(() => post({ kind: 'traced', ...(traced && { cell: traced }) }), [post, traced])

  if (!summary || !model) return <Waiting state={state} post={post} />
  const table = tableOf(model, tab)
  const choose = (column: string | undefined) => dispatch({ kind: 'choose', column })
  const open = (place: OpenPlace) => post({ kind: 'open', ...place })
  return (
    <div className="page">
      <RunBar state={state} model={model} dispatch={dispatch} post={post} />
      <div className="middle">
        <main className="main">
          <Problems key={summary.run} problems={error ?? problemsOf(summary)} post={post} />
          <Tabs model={model} tab={tab} dispatch={dispatch} />
          {table && tab !== 'features' && (
            <FilterBar key={`${model.model} ${tab}`} name={tab} summary={table} tables={tables} begun={begun} />
          )}
          {state.isWaiting && (
            <p className="waits" role="status">
              <span className="spinner" />
              <span>{t('Waiting for the run…')}</span>
              <CancelButton post={post} />
            </p>
          )}
          <div className="shown" role="tabpanel" id="shown" aria-labelledby={`tab-${tab}`}>
            {table && tab !== 'features' ? (
              <Grid
                key={`${model.model} ${tab}`}
                name={tab}
                summary={table}
                tables={tables}
                chosen={chosen}
                reveal={state.reveal}
                revealRow={state.revealRow}
                isRevealed={state.reveal === revealed.current}
                trace={state.trace?.answer}
                choose={choose}
                beginFilter={(text) => setBegun({ text, number: begun.number + 1 })}
              />
            ) : (
              <FeatureTable
                key={model.model}
                model={model}
                tables={tables}
                chosen={chosen}
                choose={choose}
                open={open}
              />
            )}
          </div>
        </main>
        {chosen !== undefined && (wantsDetails || isRoomy) && (
          <ColumnPanel
            name={chosen}
            model={model}
            tab={tab}
            open={open}
            showInGraph={({ path, line }) => post({ kind: 'showInGraph', path, line })}
            filter={
              tab === 'features'
                ? undefined
                : (condition) => tables.look(tab, { filter: both(tables.view(tab).options.filter, condition) })
            }
            describe={tables.describe}
            close={() => choose(undefined)}
          >
            {trace && (
              <TracePanel
                trace={trace}
                follow={(where, row, column) => dispatch({ kind: 'follow', table: where, row, column })}
                showGroup={(group, column) => {
                  tables.look('rows', { group, filter: undefined, changed: undefined })
                  dispatch({ kind: 'reveal', table: 'rows', row: 0, column })
                }}
              />
            )}
          </ColumnPanel>
        )}
      </div>
      <Status state={state} model={model} tab={tab} />
    </div>
  )
}

function Waiting({ state, post }: { state: ResultsState; post: Post }) {
  if (state.running) {
    return (
      <Notice
        icon={<span className="spinner" />}
        title={
          state.runningModel === undefined
            ? t('Running the model on sample data…')
            : t('Running {0} on sample data…', state.runningModel)
        }
      >
        <CancelButton post={post} />
      </Notice>
    )
  }
  if (state.error !== undefined) {
    return (
      <Notice
        icon={<Icon name="error" />}
        title={state.isGone ? t('These results are no longer kept') : t('The run did not finish')}
      >
        <ProblemLines problems={state.error} post={post} />
        <RunButton post={post} />
      </Notice>
    )
  }
  if (state.summary) {
    return (
      <Notice icon={<Icon name="error" />} title={t('Nothing could be run')}>
        <ProblemLines problems={state.summary.problems} post={post} />
        <RunButton post={post} />
      </Notice>
    )
  }
  return <Notice icon={<span className="spinner" />} title={t('Reading the results…')} />
}

interface RunBarProps {
  readonly state: ResultsState
  readonly model: ModelSummary
  readonly dispatch: (action: ResultsAction) => void
  readonly post: Post
}

function RunBar({ state, model, dispatch, post }: RunBarProps) {
  const models = state.summary?.models ?? []
  const { failed } = failures(model)
  const kept = model.features.filter(({ isKept }) => isKept).length
  const key = model.groupBy
  const grouped = key === undefined ? '' : `, ${key.length === 0 ? t('one group') : t('group by {0}', key.join(', '))}`
  return (
    <header className="run-bar">
      {models.length > 1 && <h1 className="unseen">{t('Results of {0}', model.model)}</h1>}
      {models.length > 1 ? (
        <select
          aria-label={t('Model')}
          value={model.model}
          onChange={(event) => dispatch({ kind: 'model', model: event.target.value })}
        >
          {models.map((each) => (
            <option key={each.model}>{each.model}</option>
          ))}
        </select>
      ) : (
        <h1>{model.model}</h1>
      )}
      <span className="what" title={`${model.input}${grouped}`}>
        {model.input}
        {grouped}
      </span>
      <span className="spring" />
      {state.running && (
        <span className="fact" role="status">
          <span className="spinner" /> {t('Running {0}', state.runningModel ?? '')}
        </span>
      )}
      <span className="fact" title={t('All models: {0}', formatDuration(state.summary?.ms ?? 0))}>
        <Icon name="clock" /> {formatDuration(model.ms)}
      </span>
      {kept > 0 && (
        <span className="fact" title={t('{0} as before: neither their code nor what they read changed', kept)}>
          {t('{0} of {1} computed', model.features.length - kept, model.features.length)}
        </span>
      )}
      {failed > 0 && (
        <button type="button" className="fact failed" onClick={() => dispatch({ kind: 'tab', tab: 'features' })}>
          <Icon name="error" /> {t('{0} failed', failed)}
        </button>
      )}
      {state.running ? <CancelButton post={post} /> : <RunButton post={post} />}
    </header>
  )
}

function RunButton({ post }: { post: Post }) {
  return (
    <button type="button" className="primary" onClick={() => post({ kind: 'runAgain' })}>
      <Icon name="run" /> {t('Run again')}
    </button>
  )
}

function CancelButton({ post }: { post: Post }) {
  return (
    <button type="button" className="secondary" onClick={() => post({ kind: 'cancel' })}>
      <Icon name="stop" /> {t('Cancel')}
    </button>
  )
}

interface TabsProps {
  readonly model: ModelSummary
  readonly tab: Tab
  readonly dispatch: (action: ResultsAction) => void
}

function Tabs({ model, tab, dispatch }: TabsProps) {
  const tabs: readonly (readonly [Tab, string, number])[] = [
    ['rows', t('Rows'), model.rows.count],
    ...(model.groups ? [['groups', t('Groups'), model.groups.count] as const] : []),
    ['features', t('Features'), model.features.length],
  ]
  const step = (by: number) => {
    const at = tabs.findIndex(([each]) => each === tab)
    const next = tabs[(at + by + tabs.length) % tabs.length]?.[0]
    if (!next) return
    dispatch({ kind: 'tab', tab: next })
    document.getElementById(`tab-${next}`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={t('Tables of the result')}>
      {tabs.map(([each, label, count]) => (
        <button
          key={each}
          id={`tab-${each}`}
          type="button"
          role="tab"
          data-tab={each}
          aria-selected={tab === each}
          aria-controls="shown"
          tabIndex={tab === each ? 0 : -1}
          onClick={() => dispatch({ kind: 'tab', tab: each })}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') step(1)
            else if (event.key === 'ArrowLeft') step(-1)
          }}
        >
          {label} <small>{formatCount(count)}</small>
        </button>
      ))}
    </div>
  )
}

/** What is otherwise than in the run before. */
function Changes({ changes }: { changes: TableChanges }) {
  const { addedRows, removedRows, cells, addedColumns, removedColumns } = changes
  const others = Object.keys(cells).length
  const facts = [
    others > 0 && (others === 1 ? t('1 column changed') : t('{0} columns changed', formatCount(others))),
    addedColumns.length > 0 && t('{0} new', addedColumns.join(', ')),
    removedColumns.length > 0 && t('{0} gone', removedColumns.join(', ')),
    addedRows > 0 && (addedRows === 1 ? t('1 row more') : t('{0} rows more', formatCount(addedRows))),
    removedRows > 0 && (removedRows === 1 ? t('1 row fewer') : t('{0} rows fewer', formatCount(removedRows))),
  ].filter(Boolean)
  return (
    <span className="changes">
      {t('Since the run before: {0}', facts.length > 0 ? facts.join(', ') : t('nothing changed'))}
    </span>
  )
}

function Status({ state, model, tab }: { state: ResultsState; model: ModelSummary; tab: Tab }) {
  const table = tableOf(model, tab)
  const { failed, waiting } = failures(model)
  return (
    <footer className="status">
      {table ? (
        <span role="status">
          {tab === 'groups' ? groupsText(table.count) : rowsText(table.count)}
          {`, ${columnsText(table.columns.length)}`}
        </span>
      ) : (
        <span role="status">
          {`${featuresText(model.features.length)}, ${t('{0} failed', failed)}`}
          {waiting > 0 && `, ${t('{0} not computed because of them', waiting)}`}
        </span>
      )}
      {model.sampledFrom !== undefined && (
        <span>
          {t('Sample: the first {0} of {1} rows', formatCount(model.rows.count), formatCount(model.sampledFrom))}
        </span>
      )}
      <SelectionFacts statistics={state.selection?.answer} />
      {state.said !== undefined && <span role="status">{state.said}</span>}
      {table?.changes && <Changes changes={table.changes} />}
      <span className="spring" />
      {model.rowsWithoutKey > 0 && (
        <span className="problem-warning">
          <Icon name="warning" />{' '}
          {model.rowsWithoutKey === 1
            ? t('1 row without key belongs to no group')
            : t('{0} rows without key belong to no group', formatCount(model.rowsWithoutKey))}
        </span>
      )}
      {model.rejected > 0 && (
        <span className="problem-warning">
          <Icon name="warning" />{' '}
          {model.rejected === 1
            ? t('1 cell or row could not be read')
            : t('{0} cells or rows could not be read', formatCount(model.rejected))}
        </span>
      )}
    </footer>
  )
}

const columnsText = (count: number): string => (count === 1 ? t('1 column') : t('{0} columns', formatCount(count)))
const featuresText = (count: number): string => (count === 1 ? t('1 feature') : t('{0} features', formatCount(count)))
