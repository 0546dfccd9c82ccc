export interface PageParts {
  readonly view: 'graph' | 'results'
  readonly title: string
  /** The page's whole script and style. */
  readonly script: string
  readonly style: string
  readonly nonce: string
  /** The language of the page, and its texts by the English ones; absent where those are shown. */
  readonly language: string
  readonly words: Readonly<Record<string, unknown>> | undefined
}

/**
 * A page that runs its own script, has its own style, and loads nothing: files would come by way of VS Code's service
 * worker and the extension host, which takes longer than all the rest. Libraries position elements through the style
 * object (CSSOM), which the policy does not concern; `style` attributes in markup stay forbidden.
 */
export function pageHtml({ view, title, script, style, nonce, language, words }: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src data: blob:',
    // Of the page's own making.
    'worker-src blob:',
  ].join('; ')
  return `<!DOCTYPE html>
<html lang="${language}" data-view="${view}" data-state="loading">
  <head>
    <meta charset="UTF-8">
    <meta name="viewport" content="width=device-width, initial-scale=1.0">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <title>${title}</title>
    <style nonce="${nonce}">${style}</style>
  </head>
  <body>
    <div id="root"></div>${words === undefined ? '' : wordsElement(words)}
    <script nonce="${nonce}">${script}</script>
  </body>
</html>
`
}

/** Data, which is not run; no text in it ends the element. */
const wordsElement = (words: Readonly<Record<string, unknown>>): string =>
  `\n    <script id="words" type="application/json">${JSON.stringify(words).replaceAll('<', '\\u003c')}</script>`
