const picture = /<picture>.*?srcset="(?<dark>[^"]+)".*?alt="(?<alt>[^"]*)".*?<\/picture>/gs
const types = { png: 'image/png', gif: 'image/gif' }

/**
 * The README as it stands in the package. The page of an extension shows no files of it, and no public address of them is
 * known, so its pictures are in the text itself, as they are for dark themes.
 *
 * @param {string} text
 * @param {(path: string) => Buffer} read
 */
export function packagedReadme(text, read) {
  return text.replaceAll(picture, (_, dark, alt) => {
    const type = types[dark.slice(dark.lastIndexOf('.') + 1)]
    return `<img alt="${alt}" src="data:${type};base64,${read(dark).toString('base64')}">`
  })
}
