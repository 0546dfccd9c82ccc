export interface PageParts {
  readonly view: 'graph' | 'results'
  readonly title: string
  /** Address of the page's script and style, as the webview must ask for them. */
  readonly script: string
  readonly style: string
  /** The webview's own origin. */
  readonly cspSource: string
  readonly nonce: string
}

/**
 * A page that may load its own script and style and nothing else. Libraries position elements through the style object
 * (CSSOM), which the policy does not concern; `style` attributes in markup stay forbidden.
 */
export function pageHtml({ view, title, script, style, cspSource, nonce }: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data: blob:`,
  ].join('; ')
  return `<!DOCTYPE html>
<html lang="en" data-view="${view}" data-state="loading">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <title>${title}</title>
    <link rel="stylesheet" href="${style}">
  </head>
  <body>
    <div id="root"></div>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`
}
