import { Icon, type IconName } from './icons.tsx'

interface ToolProps {
  readonly icon: IconName
  /** What it does: its name, and what is shown over it. */
  readonly label: string
  readonly act: () => void
}

/** A button that is a picture. */
export function Tool({ icon, label, act }: ToolProps) {
  return (
    <button type="button" className="tool" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  )
}
