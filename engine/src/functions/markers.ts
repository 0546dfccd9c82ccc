// Wrappers that say the level of a feature: `export const total = agg((revenue) => revenue.sum())`. They give the function back.

/** Says that a feature has one value per row. */
export const row = <F>(feature: F): F => feature
/** Says that a feature has one value per group. */
export const agg = <F>(feature: F): F => feature
/** Says that a function is a feature; its level is found as that of any other. */
export const feature = <F>(feature: F): F => feature
