import type { TableSummary } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { useEffect, useRef, useState } from 'react'
import { formatCount } from '../shared/format.ts'
import { Icon } from '../shared/icons.tsx'
import { MenuButton } from '../shared/menu.tsx'
import { Tool } from '../shared/tool.tsx'
import type { Tables } from './use-results.ts'
import { arranged, hide, show, type Table } from './views.ts'

interface FilterBarProps {
  readonly name: Table
  readonly summary: TableSummary
  readonly tables: Tables
  /** A condition that is begun for the person to go on with: `revenue > `. Its number grows with each. */
  readonly begun: { readonly text: string; readonly number: number }
}

/** Which rows are shown, and the ways to choose columns and to write what is shown to a file. */
export function FilterBar({ name, summary, tables, begun }: FilterBarProps) {
  const { options, view, refusal, layout } = tables.view(name)
  const [text, setText] = useState(options.filter ?? '')
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => setText(options.filter ?? ''), [options.filter])
  useEffect(() => {
    if (begun.number === 0) return
    setText(begun.text)
    input.current?.focus()
  }, [begun])
  const apply = (filter: string) => tables.look(name, { filter: filter.trim() === '' ? undefined : filter.trim() })
  const clear = () => {
    setText('')
    apply('')
  }
  const { columns } = summary
  const names = arranged(columns, layout).shown.map((column) => column.name)
  const isRefused = refusal !== undefined
  return (
    <div className="filter-bar">
      <form
        className={`filter${isRefused ? ' refused' : ''}`}
        onSubmit={(event) => {
          event.preventDefault()
          apply(text)
        }}
      >
        <Icon name="filter" />
        <input
          ref={input}
          aria-label={
            name === 'groups'
              ? t('Filter groups: a condition over the columns')
              : t('Filter rows: a condition over the columns')
          }
          aria-invalid={isRefused}
          aria-describedby={isRefused ? 'refusal' : undefined}
          placeholder={exampleOf(summary)}
          spellCheck={false}
          value={text}
          data-filter={name}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            clear()
          }}
        />
        {text !== '' && <Tool icon="close" label={t('Clear filter')} act={clear} />}
      </form>
      {options.group !== undefined && (
        <Chip
          text={t('Group {0} only', formatCount(options.group + 1))}
          drop={() => tables.look(name, { group: undefined })}
        />
      )}
      {options.changed !== undefined && (
        <Chip text={t('Changed {0} only', options.changed)} drop={() => tables.look(name, { changed: undefined })} />
      )}
      {view && (options.filter ?? options.group ?? options.changed) !== undefined && (
        <span className="found" role="status">
          {t('{0} of {1}', formatCount(view.count), formatCount(summary.count))}
        </span>
      )}
      <span className="spring" />
      <MenuButton
        label={t('Columns that are shown')}
        entries={[
          { label: t('Show all'), action: () => tables.arrange(name, show(layout, layout.hidden)) },
          ...columns.map((column, index) => {
            const isChecked = !layout.hidden.includes(column.name)
            return {
              label: column.name,
              isChecked,
              isFirst: index === 0,
              action: () => tables.arrange(name, isChecked ? hide(layout, column.name) : show(layout, [column.name])),
            }
          }),
        ]}
      >
        <Icon name="columns" />
        {layout.hidden.length > 0 && <small>{t('{0} hidden', formatCount(layout.hidden.length))}</small>}
      </MenuButton>
      <button
        type="button"
        className="tool"
        aria-label={t('Export to a file…')}
        title={t('Export what is shown to a file…')}
        onClick={() => tables.export(name, names)}
      >
        <Icon name="export" />
      </button>
      {isRefused && (
        <p id="refusal" className="refusal" role="alert">
          <Icon name="error" /> {refusal}
        </p>
      )}
    </div>
  )
}

function Chip({ text, drop }: { text: string; drop: () => void }) {
  return (
    <span className="chip">
      {text}
      <button type="button" className="tool" aria-label={t('Remove: {0}', text)} title={t('Remove')} onClick={drop}>
        <Icon name="close" />
      </button>
    </span>
  )
}

/** A filter of this table, for those who never wrote one. */
function exampleOf({ columns }: TableSummary): string {
  const amount = columns.find(({ type, kind, mean }) => mean !== undefined && kind !== 'key' && !/^date/.test(type))
  const words = columns.find(({ type, top }) => type === 'string' && top && top.length > 0)
  const parts = [
    amount && `${amount.called ?? amount.name} > ${Number((amount.mean ?? 0).toPrecision(2))}`,
    words && `${words.called ?? words.name} == '${words.top?.[0]?.value ?? ''}'`,
  ]
  const found = parts.filter((part) => part !== undefined)
  return found.length > 0 ? t('Filter, such as {0}', found.join(' && ')) : t('Filter by a condition')
}
