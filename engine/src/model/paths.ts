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
