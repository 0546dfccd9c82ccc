import type { FeatureSummary } from '@modeldriver/protocol'
import { fileName, formatCount, formatDuration, formatShare, typeName } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'

export interface OpenPlace {
  readonly path: string
  readonly line: number
  readonly character?: number
}

interface FeatureTableProps {
  readonly features: readonly FeatureSummary[]
  readonly chosen: string | undefined
  readonly choose: (feature: string) => void
  readonly open: (place: OpenPlace) => void
}

/** How each feature fared: the failed ones first, then those that wait for them, then the others as they were computed. */
export function FeatureTable({ features, chosen, choose, open }: FeatureTableProps) {
  const slowest = Math.max(0.001, ...features.map(({ ms }) => ms))
  const ordered = [...features].sort((a, b) => gravity(a) - gravity(b))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="feature-list" aria-label="Features" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Feature</th>
            <th scope="col">Level</th>
            <th scope="col">Detected by</th>
            <th scope="col">Type</th>
            <th scope="col" className="number">
              Time
            </th>
            <th scope="col" className="number">
              Values
            </th>
            <th scope="col" className="number">
              Missing
            </th>
            <th scope="col">Code</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((feature) => (
            <FeatureRow
              key={feature.feature}
              feature={feature}
              slowest={slowest}
              isChosen={feature.feature === chosen}
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
  readonly feature: FeatureSummary
  readonly slowest: number
  readonly isChosen: boolean
}

function FeatureRow({ feature, slowest, isChosen, choose, open }: FeatureRowProps) {
  const { error, path } = feature
  const line = error?.line ?? feature.line
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
        <td>{feature.level}</td>
        <td title={feature.why}>{feature.why}</td>
        <td>{typeName(feature.type)}</td>
        <td className="number time" title={timeTitle(feature)}>
          <i style={{ width: `${(feature.ms / slowest) * 100}%` }} />
          <span>{feature.isKept ? 'kept' : formatDuration(feature.ms)}</span>
        </td>
        <td className="number">{formatCount(feature.count)}</td>
        <td className={feature.missing > 0 && !error ? 'number problem-warning' : 'number'}>
          {error ? '' : formatShare(feature.missing, feature.count)}
        </td>
        <td>
          <button
            type="button"
            className="link"
            aria-label={`${fileName(error?.path ?? path)}:${line + 1}, code of ${feature.feature}`}
            onClick={() => {
              const character = error?.line === undefined ? undefined : error.character
              open({ path: error?.path ?? path, line, ...(character === undefined ? {} : { character }) })
            }}
          >
            {fileName(error?.path ?? path)}:{line + 1}
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
  if (isKept) return 'Not computed again: its code and what it reads are as they were'
  return unsteady && `Computed in every run: it ${unsteady}`
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
          {error.at !== undefined && <>First at {error.at}</>}
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
