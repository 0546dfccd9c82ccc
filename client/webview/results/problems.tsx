import { type FromResultsPage, problemLine, type RunProblem } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { useState } from 'react'
import { fileName } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'

interface ProblemsProps {
  readonly problems: readonly RunProblem[]
  readonly post: (message: FromResultsPage) => void
}

/** More take the place of the results: they are shown when they are asked for. */
const mostShown = 3

/** What went wrong in the run, above the results. */
export function Problems({ problems, post }: ProblemsProps) {
  const [isWhole, setWhole] = useState(false)
  const others = problems.length - mostShown
  return (
    <div className="run-problems" role="status">
      {problems.length > 0 && <ProblemLines problems={isWhole ? problems : problems.slice(0, mostShown)} post={post} />}
      {others > 0 && (
        <button type="button" className="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('Show fewer') : others === 1 ? t('Show 1 more') : t('Show {0} more', others)}
        </button>
      )}
    </div>
  )
}

export function ProblemLines({ problems, post }: ProblemsProps) {
  return (
    <ul className="reasons" aria-label={t('Problems of the run')}>
      {problems.map((problem, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list that is replaced as a whole
        <li key={index}>
          <ProblemLine problem={problem} post={post} />
        </li>
      ))}
    </ul>
  )
}

function ProblemLine({ problem, post }: { problem: RunProblem; post: ProblemsProps['post'] }) {
  const { path, line = 0, character } = problem
  return (
    <p className="problem problem-error">
      <Icon name="error" />
      <span>
        {problemLine(problem)} {problem.code && <small>{problem.code}</small>}
        {path !== undefined && (
          <button
            type="button"
            className="link"
            onClick={() => post({ kind: 'open', path, line, ...(character === undefined ? {} : { character }) })}
          >
            {fileName(path)}:{line + 1}
          </button>
        )}
      </span>
    </p>
  )
}
