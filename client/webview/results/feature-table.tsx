import {
  type FeatureSummary,
  type FeatureValue,
  featureValues,
  inLanguage,
  type ModelSummary,
  placeForms,
  typeName,
  whyText,
} from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { useLayoutEffect, useRef } from 'react'
import { fileName, formatCount, formatDuration, formatShare } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import type { Tables } from './use-results.ts'

export interface OpenPlace {
  readonly path: string
  readonly line: number
  readonly character?: number
}

interface FeatureTableProps {
  readonly model: ModelSummary
  readonly tables: Tables
  readonly chosen: string | undefined
  readonly choose: (feature: string) => void
  readonly open: (place: OpenPlace) => void
}

/** How each feature fared: the failed ones first, then those that wait for them, then the others as they were computed. */
export function FeatureTable({ model, tables, chosen, choose, open }: FeatureTableProps) {
  const list = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it was when it was left
  useLayoutEffect(() => {
    const { top = 0, left = 0 } = tables.place('features') ?? {}
    list.current?.scrollTo({ top, left })
  }, [])
  const slowest = Math.max(0.001, ...model.features.map(({ ms }) => ms))
  const ordered = [...featureValues(model)].sort((a, b) => gravity(a.feature) - gravity(b.feature))
  return (
    <section
      className="feature-list"
      ref={list}
      aria-label={t('Features')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop: top, scrollLeft: left } }) => tables.move('features', { top, left })}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Feature')}</th>
            <th scope="col">{t('Level')}</th>
            <th scope="col">{t('Detected by')}</th>
            <th scope="col">{t('Type')}</th>
            <th scope="col" className="number">
              {t('Time')}
            </th>
            <th scope="col" className="number">
              {t('Values')}
            </th>
            <th scope="col" className="number">
              {t('Missing')}
            </th>
            <th scope="col">{t('Code')}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((value) => (
            <FeatureRow
              key={value.feature.feature}
              value={value}
              slowest={slowest}
              isChosen={value.feature.feature === chosen}
              choose={choose}
              open={open}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** 0 failed itself, 1 was not computed because an input failed, 2 has values. */
const gravity = ({ error }: FeatureSummary) => (!error ? 2 : error.cause === undefined ? 0 : 1)

interface FeatureRowProps extends Pick<FeatureTableProps, 'choose' | 'open'> {
  readonly value: FeatureValue
  readonly slowest: number
  readonly isChosen: boolean
}

function FeatureRow({ value, slowest, isChosen, choose, open }: FeatureRowProps) {
  const { feature, column, count } = value
  const { error, file } = feature
  const line = error?.line ?? feature.line
  const why = whyText(feature.why)
  return (
    <>
      <tr data-feature={feature.feature} data-failed={error !== undefined} className={isChosen ? 'chosen' : undefined}>
        <th scope="row">
          <button type="button" className="feature" onClick={() => choose(feature.feature)}>
            <span className={`kind-${feature.level}`}>
              <Icon name={feature.level} />
            </span>
            {feature.feature}
          </button>
        </th>
        <td>{feature.level === 'group' ? t('group') : t('row')}</td>
        <td title={why}>{why}</td>
        <td>{typeName(column?.type)}</td>
        <td className="number time" title={timeTitle(feature)}>
          <i style={{ width: `${(feature.ms / slowest) * 100}%` }} />
          <span>{feature.isKept ? t('kept') : formatDuration(feature.ms)}</span>
        </td>
        <td className="number">{formatCount(column ? count : 0)}</td>
        <td className={column && column.missing > 0 ? 'number problem-warning' : 'number'}>
          {column && formatShare(column.missing, count)}
        </td>
        <td>
          <button
            type="button"
            className="link"
            aria-label={`${fileName(error?.path ?? file.path)}:${line + 1}, ${t('code of {0}', feature.feature)}`}
            onClick={() => {
              const character = error?.line === undefined ? undefined : error.character
              open({ path: error?.path ?? file.path, line, ...(character === undefined ? {} : { character }) })
            }}
          >
            <span className="file">{fileName(error?.path ?? file.path)}</span>:{line + 1}
          </button>
        </td>
      </tr>
      {error && (
        <tr className="why-failed">
          <td colSpan={8}>
            <FeatureError error={error} />
          </td>
        </tr>
      )}
    </>
  )
}

function timeTitle({ isKept, unsteady }: FeatureSummary): string | undefined {
  if (isKept) return t('Not computed again: its code and what it reads are as they were')
  return unsteady && t('Computed in every run: it {0}', unsteady)
}

/** What went wrong, at which row or group first, and with which values. */
export function FeatureError({ error }: { error: NonNullable<FeatureSummary['error']> }) {
  const inputs = Object.entries(error.inputs ?? {})
  const sign = error.cause === undefined ? 'error' : 'info'
  return (
    <div className="feature-error">
      <p className={`problem problem-${sign}`}>
        <Icon name={sign} />
        <span>
          {error.message} {error.code && <small>{error.code}</small>}
        </span>
      </p>
      {(error.at !== undefined || inputs.length > 0) && (
        <p className="at">
          {error.at !== undefined && t('First at {0}', inLanguage(error.at, placeForms))}
          {inputs.length > 0 && (
            <code>
              {inputs.map(([name, value]) => (
                <span key={name}>
                  {name} = {value}
                </span>
              ))}
            </code>
          )}
        </p>
      )}
    </div>
  )
}
