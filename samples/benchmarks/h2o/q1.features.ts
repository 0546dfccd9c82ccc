// Question 1: sum v1 by id1.

/** Sum of v1. */
export function v1_sum(v1) {
  return v1.sum()
}
