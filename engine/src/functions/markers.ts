/** Wrappers that say the level of a feature: `export const total = agg((revenue) => revenue.sum())`. They give the function back. */

export const row = <F>(feature: F): F => feature
export const agg = <F>(feature: F): F => feature
export const feature = <F>(feature: F): F => feature
