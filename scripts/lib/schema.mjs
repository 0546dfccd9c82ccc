/**
 * The schema for an editor whose language server reports unknown and missing words itself, with suggestions: it completes and
 * describes, and says nothing of them a second time. Examples are left out: VS Code would propose them beside the names that exist.
 */
export function relaxed(schema) {
  if (Array.isArray(schema)) return schema.map(relaxed)
  if (typeof schema !== 'object' || schema === null) return schema
  const kept = Object.entries(schema).filter(
    ([key, value]) =>
      !(key === 'additionalProperties' && value === false) &&
      !(['required', 'examples'].includes(key) && Array.isArray(value)),
  )
  return Object.fromEntries(kept.map(([key, value]) => [key, relaxed(value)]))
}
