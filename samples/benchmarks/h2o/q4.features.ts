// Question 4: mean v1 to v3 by id4.

/** Mean of v1. */
export function v1_mean(v1) {
  return v1.mean()
}

/** Mean of v2. */
export function v2_mean(v2) {
  return v2.mean()
}

/** Mean of v3. */
export function v3_mean(v3) {
  return v3.mean()
}
