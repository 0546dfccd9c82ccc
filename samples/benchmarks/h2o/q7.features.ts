// Question 7: max v1 - min v2 by id3.

/** How far the largest v1 lies above the smallest v2. */
export function range_v1_v2(v1, v2) {
  return v1.max() - v2.min()
}
