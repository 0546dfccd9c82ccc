import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

/** What people read of an element, in its order, each piece one space from the next. */
export const readText = (element: ReactNode): string => textIn(renderToStaticMarkup(element))

export function textIn(markup: string): string {
  const text = markup.replaceAll('<!-- -->', '').replaceAll(/<[^>]*>/g, ' ')
  return text
    .replaceAll(/&(?:#x27|lt|gt|amp);/g, (written) => signs[written] ?? written)
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const signs: Readonly<Record<string, string>> = { '&#x27;': "'", '&lt;': '<', '&gt;': '>', '&amp;': '&' }
