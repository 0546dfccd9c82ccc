import type { ColumnSummary } from '@modeldriver/protocol'

const width = 220
const height = 64

/** The distribution of a column as an image for a hover, or undefined where there is none to see. */
export function histogramImage({ histogram }: ColumnSummary, colour: string): string | undefined {
  if (!histogram || histogram.from === histogram.to) return undefined
  const { counts } = histogram
  const most = Math.max(1, ...counts)
  const wide = width / counts.length
  const bars = counts.map((count, index) => {
    const tall = count === 0 ? 0 : Math.max(1, (count / most) * height)
    return `<rect x="${(index * wide + 0.5).toFixed(1)}" y="${(height - tall).toFixed(1)}" width="${(wide - 1).toFixed(1)}" height="${tall.toFixed(1)}" fill="${colour}"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${bars.join('')}</svg>`
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
