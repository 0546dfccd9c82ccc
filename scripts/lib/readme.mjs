/**
 * The README as it stands in the package: what its pictures say, without them. The page of an extension shows pictures
 * from public addresses only (no files of the package, no `data:`), and none is known of ours.
 *
 * @param {string} text
 */
export function packagedReadme(text) {
  const captions = (table) => [...table.matchAll(/<br>(.*?)<\/td>/g)].map(([, says]) => `- ${says}`).join('\n')
  return text.replaceAll(/<table>.*?<\/table>/gs, captions).replaceAll(/<picture>.*?<\/picture>\n*/gs, '')
}
