// Question 3: sum v1 and mean v3 by id3.

/** Sum of v1. */
export function v1_sum(v1) {
  return v1.sum()
}

/** Mean of v3. */
export function v3_mean(v3) {
  return v3.mean()
}
