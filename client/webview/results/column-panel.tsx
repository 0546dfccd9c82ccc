import { type ColumnSummary, type FeatureSummary, type ModelSummary, typeName, whyText } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { type ReactNode, useEffect } from 'react'
import { fileName, formatCount, formatDuration, formatNumber, formatShare } from '../shared/format.ts'
import { Icon, kindWord } from '../shared/icons.tsx'
import { Tool } from '../shared/tool.tsx'
import { valueText } from './cells.ts'
import { BigHistogram, Shares, TopValues } from './charts.tsx'
import { FeatureError, type OpenPlace } from './feature-table.tsx'
import type { Tab } from './place.ts'
import { tableOf } from './state.ts'
import type { Tables } from './use-results.ts'

interface PanelProps {
  readonly name: string
  readonly model: ModelSummary
  readonly tab: Tab
  readonly open: (place: OpenPlace) => void
  readonly showInGraph: (place: OpenPlace) => void
  /** Shows only the rows for which a condition holds, too. Absent where the tab has no rows. */
  readonly filter: ((condition: string) => void) | undefined
  readonly describe: Tables['describe']
  readonly close: () => void
  /** Of the active cell. */
  readonly children: ReactNode
}

/** What is known of one column or feature: distribution, statistics, where it is written. */
export function ColumnPanel({ name, model, tab, open, showInGraph, filter, describe, close, children }: PanelProps) {
  const feature = model.features.find((each) => each.feature === name)
  const groupsFirst = feature?.level === 'group' ? [model.groups, model.rows] : [model.rows, model.groups]
  const table = [tableOf(model, tab), ...groupsFirst].find((each) =>
    each?.columns.some((column) => column.name === name),
  )
  const column = table?.columns.find((each) => each.name === name)
  useEffect(() => {
    if (column) describe(table === model.groups ? 'groups' : 'rows', [column])
  })
  const kind = column?.kind ?? feature?.level
  if (kind === undefined) return null
  return (
    <aside className={`side of-${kind}`} aria-label={t('Details of {0}', name)} data-panel={name}>
      <div className="side-parts">
        <div className="side-head">
          <span className={`tile large kind-${kind}`}>
            <Icon name={kind} />
          </span>
          <div>
            <h2>{name}</h2>
            <p>
              {kindWord(kind)}
              {column && `, ${typeName(column.type)}`}
            </p>
          </div>
          <Tool icon="close" label={t('Close details')} act={close} />
        </div>
        {feature?.error && <FeatureError error={feature.error} />}
        {children}
        {column && table && (
          <Distribution
            column={column}
            rows={table.count}
            filter={table === tableOf(model, tab) ? filter : undefined}
          />
        )}
        <dl>
          {column && table && (
            <Statistics column={column} rows={table.count} unit={table === model.groups ? t('Groups') : t('Rows')} />
          )}
          {feature && <FeatureFacts feature={feature} />}
        </dl>
        {feature && (
          <button type="button" className="go" onClick={() => open({ path: feature.file.path, line: feature.line })}>
            <Icon name="go" />
            {t('Go to code')}
            <small>
              {fileName(feature.file.path)}:{feature.line + 1}
            </small>
          </button>
        )}
        {feature && (
          <button
            type="button"
            className="go"
            onClick={() => showInGraph({ path: feature.file.path, line: feature.line })}
          >
            <Icon name="model" />
            {t('Show in graph')}
          </button>
        )}
      </div>
    </aside>
  )
}

interface DistributionProps {
  readonly column: ColumnSummary
  readonly rows: number
  readonly filter: PanelProps['filter']
}

function Distribution({ column, rows, filter }: DistributionProps) {
  if (column.histogram) return <BigHistogram column={column} histogram={column.histogram} filter={filter} />
  if (column.type === 'boolean') return <Shares column={column} rows={rows} filter={filter} />
  return column.top && column.top.length > 0 ? (
    <TopValues column={column} rows={rows} most={12} filter={filter} isWhole />
  ) : null
}

function Statistics({ column, rows, unit }: { column: ColumnSummary; rows: number; unit: string }) {
  const isDate = column.type === 'date' || column.type === 'datetime'
  const amount = (value: number) => (isDate ? valueText(value, column) : formatStatistic(value, column))
  const facts: readonly (readonly [string, number | undefined])[] = [
    [t('Min'), column.min],
    [t('Median'), column.median],
    [t('Mean'), column.mean],
    [t('Max'), column.max],
  ]
  if (column.isLater) return <Fact name={unit} value={formatCount(rows)} />
  return (
    <>
      <Fact name={unit} value={formatCount(rows)} />
      <Fact
        name={t('Missing')}
        value={column.missing === 0 ? '0' : `${formatCount(column.missing)} (${formatShare(column.missing, rows)})`}
      />
      {column.distinct !== undefined && <Fact name={t('Distinct')} value={formatCount(column.distinct)} />}
      {facts.map(([name, value]) => value !== undefined && <Fact key={name} name={name} value={amount(value)} />)}
      {column.std !== undefined && !isDate && (
        <Fact name={t('Std. dev.')} value={formatStatistic(column.std, column)} />
      )}
    </>
  )
}

function FeatureFacts({ feature }: { feature: FeatureSummary }) {
  return (
    <>
      <Fact name={t('Detected by')} value={whyText(feature.why)} />
      <Fact name={t('Time')} value={feature.isKept ? t('kept') : formatDuration(feature.ms)} />
    </>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** Whole columns have fractional means. */
function formatStatistic(value: number, column: ColumnSummary): string {
  return column.type === 'integer' && !Number.isInteger(value) ? formatNumber(value, 2) : valueText(value, column)
}
