import { t } from '@vscode/l10n'
import type { ReactNode } from 'react'

export type NodeKind = 'column' | 'key' | 'row' | 'group' | 'constant' | 'model'
export type IconName =
  | NodeKind
  | 'search'
  | 'plus'
  | 'minus'
  | 'fit'
  | 'close'
  | 'go'
  | 'error'
  | 'warning'
  | 'info'
  | 'clock'
  | 'run'
  | 'stop'
  | 'ascending'
  | 'descending'
  | 'more'
  | 'filter'
  | 'export'
  | 'columns'
  | 'fold'

/** A 16 pixel picture in the colour of the text around it; never read aloud, the words beside it are. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className={`icon icon-${name}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      {drawings[name]}
    </svg>
  )
}

export function kindWord(kind: NodeKind): string {
  if (kind === 'row') return t('Row feature')
  if (kind === 'group') return t('Group feature')
  if (kind === 'column') return t('Column')
  if (kind === 'key') return t('Key column')
  return kind === 'constant' ? t('Constant') : t('Model')
}

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const

const drawings: Readonly<Record<IconName, ReactNode>> = {
  column: (
    <g {...line}>
      <rect x="2.5" y="2.5" width="11" height="11" rx="1.5" />
      <path d="M2.5 6h11M6.5 6v7.5" />
    </g>
  ),
  key: (
    <g {...line}>
      <circle cx="5.2" cy="10.8" r="2.7" />
      <path d="M7.2 8.8l6-6M10.6 5.4l2 2" />
    </g>
  ),
  row: <path {...line} strokeWidth={1.5} d="M11.6 3.2c-1.6-.9-2.9-.1-3.3 2L6.8 12c-.4 2-1.5 2.5-2.9 1.7M5.5 7h5" />,
  group: <path {...line} strokeWidth={1.6} strokeLinejoin="miter" d="M12 4.8V3H4.2l4.3 5-4.3 5H12v-1.8" />,
  constant: <path {...line} strokeWidth={1.5} d="M3 5.5h10M6 5.5v7M10.5 5.5v5.3c0 1.2.7 1.7 1.7 1.5" />,
  model: (
    <g {...line}>
      <path d="M8 1.8l5.5 3v6.4l-5.5 3-5.5-3V4.8z" />
      <path d="M2.7 4.9L8 7.9l5.3-3M8 7.9v6.1" />
    </g>
  ),
  search: (
    <g {...line}>
      <circle cx="7" cy="7" r="4.2" />
      <path d="M10.2 10.2l3.6 3.6" />
    </g>
  ),
  plus: <path {...line} d="M8 3v10M3 8h10" />,
  minus: <path {...line} d="M3 8h10" />,
  fit: <path {...line} d="M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3" />,
  close: <path {...line} d="M3.5 3.5l9 9M12.5 3.5l-9 9" />,
  go: <path {...line} d="M6.5 3.5h-4v10h10v-4M9 2.5h4.5V7M13.3 2.7L7.5 8.5" />,
  error: (
    <g {...line}>
      <circle cx="8" cy="8" r="5.8" />
      <path strokeWidth={1.5} d="M8 4.8v3.7M8 10.9v.1" />
    </g>
  ),
  warning: (
    <g {...line}>
      <path d="M8 2.2l6.2 11.3H1.8z" />
      <path strokeWidth={1.5} d="M8 6.5v3M8 11.4v.1" />
    </g>
  ),
  info: (
    <g {...line}>
      <circle cx="8" cy="8" r="5.8" />
      <path strokeWidth={1.5} d="M8 7.5v3.7M8 5v.1" />
    </g>
  ),
  clock: (
    <g {...line}>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.5V8l2.3 1.5" />
    </g>
  ),
  run: <path {...line} d="M4.5 2.8l8 5.2-8 5.2z" />,
  stop: <rect {...line} x="3.5" y="3.5" width="9" height="9" rx="1" />,
  more: <path {...line} strokeWidth={1.8} d="M8 3.5v.1M8 8v.1M8 12.5v.1" />,
  filter: <path {...line} d="M2.5 3.5h11L9.3 8.4v4.6l-2.6-1.3V8.4z" />,
  export: <path {...line} d="M8 2.5v7.5M5 7l3 3 3-3M2.5 10.5v3h11v-3" />,
  columns: (
    <g {...line}>
      <path d="M3.5 3v10M8 3v10M12.5 3v10" />
    </g>
  ),
  fold: <path {...line} d="M4 3l4 3.5L12 3M4 13l4-3.5 4 3.5" />,
  ascending: <path {...line} d="M8 13V3.5M4.5 7L8 3.5 11.5 7" />,
  descending: <path {...line} d="M8 3v9.5M4.5 9L8 12.5 11.5 9" />,
}
