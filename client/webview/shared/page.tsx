import { config, t } from '@vscode/l10n'
import { Component, type ReactNode, useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { Icon } from './icons.tsx'

export type PageState = 'loading' | 'ready' | 'error'

/** Says on `<html>` which page this is and what it shows; `rev` grows with each message of the host that is on the screen. */
export function usePageMarks(view: 'graph' | 'results', state: PageState, rev: number): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset.view = view
    dataset.state = state
    dataset.rev = String(rev)
  }, [view, state, rev])
}

/** The texts of the editor's language, as the host put them into the page. */
export const pageWords = (): string | undefined => document.getElementById('words')?.textContent || undefined

/** Shows `content` in the element `root`, which is made when the host's page has none. */
export function mount(view: 'graph' | 'results', content: ReactNode): void {
  document.documentElement.dataset.view = view
  document.documentElement.dataset.state = 'loading'
  document.documentElement.dataset.rev = '0'
  document.documentElement.lang ||= 'en'
  const words = pageWords()
  if (words) config({ contents: words })
  createRoot(rootElement()).render(<Guarded>{content}</Guarded>)
}

export function Notice({ icon, title, children }: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <main className="notice">
      {icon}
      <h1>{title}</h1>
      {children}
    </main>
  )
}

function rootElement(): HTMLElement {
  const existing = document.getElementById('root')
  if (existing) return existing
  const made = document.createElement('div')
  made.id = 'root'
  document.body.append(made)
  return made
}

/** A mistake of ours in drawing must not leave an empty page. */
class Guarded extends Component<{ children: ReactNode }, { message?: string }> {
  override state: { message?: string } = {}

  static getDerivedStateFromError(error: unknown) {
    return { message: error instanceof Error ? error.message : String(error) }
  }

  override componentDidCatch() {
    document.documentElement.dataset.state = 'error'
  }

  override render() {
    if (this.state.message === undefined) return this.props.children
    return (
      <Notice icon={<Icon name="error" />} title={t('This view could not be drawn')}>
        <p>{this.state.message}</p>
        <p>
          {t(
            'Close and open it again. If it happens again, please report it with “Copy Diagnostics for a Bug Report”.',
          )}
        </p>
      </Notice>
    )
  }
}
