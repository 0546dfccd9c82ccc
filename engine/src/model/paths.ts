/** Path arithmetic on absolute `/` paths: the engine sees paths as text only. */

export const dirname = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '/'

export const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** `path` seen from `folder`; absolute paths stay as they are. `.` and `..` are resolved. */
export function join(folder: string, path: string): string {
  const absolute = path.startsWith('/') || /^[a-zA-Z]:\//.test(path) ? path : `${folder}/${path}`
  const parts: string[] = []
  for (const part of absolute.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part)
  }
  return parts.join('/') || '/'
}

/** `path` as seen from `folder`, for people; the whole path when it lies elsewhere. */
export const relative = (folder: string, path: string): string =>
  path.startsWith(folder === '/' ? '/' : `${folder}/`) ? path.slice(folder === '/' ? 1 : folder.length + 1) : path

/** `path` as written in a file of `folder`: with `../` for what lies beside it; the whole path on another drive. */
export function pathFrom(folder: string, path: string): string {
  const from = folder.split('/').filter((part) => part !== '')
  const to = path.split('/').filter((part) => part !== '')
  const common = from.findIndex((part, at) => part !== to[at])
  const shared = common < 0 ? from.length : common
  if (shared === 0 && from[0] !== to[0] && /^[a-zA-Z]:$/.test(to[0] ?? '')) return path
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}
