// Question 5: sum v1 to v3 by id6.

/** Sum of v1. */
export function v1_sum(v1) {
  return v1.sum()
}

/** Sum of v2. */
export function v2_sum(v2) {
  return v2.sum()
}

/** Sum of v3. */
export function v3_sum(v3) {
  return v3.sum()
}
