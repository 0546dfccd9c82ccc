import type { GraphNode } from '@modeldriver/protocol'
import { t } from '@vscode/l10n'
import { type KeyboardEvent, useId, useState } from 'react'
import { Icon } from '../shared/icons.tsx'
import { searchNodes } from './search.ts'
import { kindOf } from './words.ts'

interface SearchProps {
  readonly nodes: readonly GraphNode[]
  readonly found: (node: string) => void
}

/** Combobox: the list follows what is typed, arrows choose, Enter goes there. */
export function SearchBox({ nodes, found }: SearchProps) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const [isOpen, setOpen] = useState(false)
  const matches = searchNodes(nodes, typed)
  const isSearched = isOpen && typed.trim() !== ''
  const isListed = isSearched && matches.length > 0

  const take = (node: GraphNode | undefined) => {
    if (!node) return
    setOpen(false)
    setTyped(node.name)
    found(node.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive((active + 1) % Math.max(1, matches.length))
    else if (event.key === 'ArrowUp') setActive((active + matches.length - 1) % Math.max(1, matches.length))
    else if (event.key === 'Enter') take(matches[active])
    else if (event.key === 'Escape') setTyped('')
    else return
    event.preventDefault()
  }
  return (
    <div className="search">
      <Icon name="search" />
      <input
        type="text"
        role="combobox"
        aria-label={t('Find column, feature or model')}
        placeholder={t('Find column, feature or model')}
        spellCheck={false}
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={isListed}
        aria-controls={isListed ? `${id}list` : undefined}
        aria-activedescendant={isListed && matches[active] ? `${id}${active}` : undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setActive(0)
          setOpen(true)
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {isListed && (
        <div className="matches" id={`${id}list`} role="listbox" aria-label={t('Found')}>
          {matches.map((node, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the text box, which keeps the focus
            <div
              key={node.id}
              id={`${id}${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(node)}
            >
              <span className={`kind-${kindOf(node)}`}>
                <Icon name={kindOf(node)} />
              </span>
              {node.name} <small>{node.model}</small>
            </div>
          ))}
        </div>
      )}
      {isSearched && !isListed && (
        <p className="matches" role="status">
          {t('Nothing is named like that.')}
        </p>
      )}
    </div>
  )
}
