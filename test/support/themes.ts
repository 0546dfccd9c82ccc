/** A colour theme that VS Code brings, and how it says that it is in use. */
export interface Theme {
  readonly name: string
  /** Its name among the settings. */
  readonly setting: string
  /** The class of the workbench. */
  readonly workbench: string
  /** `data-vscode-theme-kind` of the pages. */
  readonly kind: string
}

const theme = (name: string, setting: string, workbench: string): Theme => ({
  name,
  setting: `Default ${setting}`,
  workbench,
  kind: `vscode-${name}`,
})

export const themes: readonly Theme[] = [
  theme('dark', 'Dark Modern', 'vs-dark'),
  theme('light', 'Light Modern', 'vs'),
  theme('high-contrast', 'High Contrast', 'hc-black'),
  theme('high-contrast-light', 'High Contrast Light', 'hc-light'),
]
