import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'

export interface MenuEntry {
  readonly label: string
  readonly action: () => void
  /** Of an entry that is on or off. */
  readonly isChecked?: boolean
  /** Is likely to be wanted again at once: the menu stays open, as it does for what is on or off. */
  readonly isRepeated?: true
  /** Begins a part of its own. */
  readonly isFirst?: boolean
}

export interface MenuPlace {
  readonly left?: number
  readonly right?: number
  readonly top: number
}

interface MenuProps {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  readonly style?: MenuPlace
  readonly close: () => void
}

/** A list of things to do; has the focus while it is open, and closes when it loses it. */
export function Menu({ label, entries, style, close }: MenuProps) {
  const list = useRef<HTMLDivElement>(null)
  const focus = (index: number) => {
    const items = itemsOf(list.current)
    items[(index + items.length) % items.length]?.focus()
  }
  useEffect(() => list.current?.querySelector('button')?.focus(), [])
  const onKeyDown = (event: KeyboardEvent) => {
    // What stands around the menu has keys of its own.
    event.stopPropagation()
    const items = itemsOf(list.current)
    const at = items.indexOf(document.activeElement as HTMLButtonElement)
    if (event.key === 'ArrowDown') focus(at + 1)
    else if (event.key === 'ArrowUp') focus(at - 1)
    else if (event.key === 'Home') focus(0)
    else if (event.key === 'End') focus(-1)
    else if (event.key === 'Escape' || event.key === 'Tab') close()
    else {
      const next = items.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))
      if (event.key.length > 1 || event.key === ' ' || !next) return
      next.focus()
    }
    event.preventDefault()
  }
  return (
    <div
      ref={list}
      className="menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      style={style}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) close()
      }}
    >
      {entries.map(({ label: text, action, isChecked, isRepeated, isFirst }) => (
        <button
          key={text}
          type="button"
          {...(isChecked === undefined
            ? { role: 'menuitem' }
            : { role: 'menuitemcheckbox', 'aria-checked': isChecked })}
          className={isFirst ? 'first' : undefined}
          tabIndex={-1}
          onClick={() => {
            action()
            if (isChecked === undefined && !isRepeated) close()
          }}
        >
          {isChecked !== undefined && <span aria-hidden="true">{isChecked ? '✓' : ' '}</span>}
          {text}
        </button>
      ))}
    </div>
  )
}

interface MenuButtonProps {
  readonly label: string
  readonly entries: readonly MenuEntry[]
  /** What is seen on the button. */
  readonly children: ReactNode
}

/** A button that opens a menu below it, at the right side of the page, and has the focus again when that closes. */
export function MenuButton({ label, entries, children }: MenuButtonProps) {
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setIsOpen(false)
    button.current?.focus()
  }
  return (
    <div className="with-menu">
      <button
        ref={button}
        type="button"
        className="tool"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && <Menu label={label} style={{ right: 0, top: 29 }} entries={entries} close={close} />}
    </div>
  )
}

const itemsOf = (list: HTMLElement | null): readonly HTMLButtonElement[] => [
  ...(list?.querySelectorAll('button') ?? []),
]
