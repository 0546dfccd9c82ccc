export function relaxed(schema: unknown): object
