// Swift's vectors of this size are compiled into scalars and branches; these are not.
#ifndef CONFAB_SORT_BY_RANK_H
#define CONFAB_SORT_BY_RANK_H

#include <stdbool.h>
#include <stdint.h>

typedef int32_t confab_lanes __attribute__((vector_size(16)));
typedef int32_t confab_lanes_anywhere __attribute__((vector_size(16), aligned(1)));

/// Sorts keys by their upper halves, which are below 2^31, by counting for each key those before it. No branch depends on a key.
///
/// `blocks` blocks of four keys are sorted; what stands behind the last key goes behind the last place.
/// Returns false if two upper halves are equal: the result is of no use then.
static inline __attribute__((always_inline)) bool confab_sort_blocks(
    const uint64_t *_Nonnull source, int32_t count, uint64_t *_Nonnull target, const int blocks) {
  confab_lanes offsets[8];
  confab_lanes sum = {0, 0, 0, 0};
#pragma clang loop unroll(full)
  for (int block = 0; block < blocks; block++) {
    confab_lanes first = *(const confab_lanes_anywhere *)(source + 4 * block);
    confab_lanes second = *(const confab_lanes_anywhere *)(source + 4 * block + 2);
    confab_lanes keys = __builtin_shufflevector(first, second, 1, 3, 5, 7);
    confab_lanes lanes = {4 * block, 4 * block + 1, 4 * block + 2, 4 * block + 3};
    confab_lanes is_key = lanes < (confab_lanes){count, count, count, count};
    offsets[block] = (keys & is_key) | (~is_key & (confab_lanes){INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX});
  }
#pragma clang loop unroll(full)
  for (int block = 0; block < blocks; block++) {
    confab_lanes ranks = {0, 0, 0, 0};
#pragma clang loop unroll(full)
    for (int other = 0; other < blocks; other++) {
      // A lane of a comparison is -1 where it is true.
      ranks -= __builtin_shufflevector(offsets[other], offsets[other], 0, 0, 0, 0) < offsets[block];
      ranks -= __builtin_shufflevector(offsets[other], offsets[other], 1, 1, 1, 1) < offsets[block];
      ranks -= __builtin_shufflevector(offsets[other], offsets[other], 2, 2, 2, 2) < offsets[block];
      ranks -= __builtin_shufflevector(offsets[other], offsets[other], 3, 3, 3, 3) < offsets[block];
    }
    sum += ranks;
    target[ranks[0]] = source[4 * block];
    target[ranks[1]] = source[4 * block + 1];
    target[ranks[2]] = source[4 * block + 2];
    target[ranks[3]] = source[4 * block + 3];
  }
  // The ranks are 0, 1, 2 and so on, and the count for what stands behind the last key; the sum is less if two are equal.
  int32_t behind = 4 * blocks - count;
  return sum[0] + sum[1] + sum[2] + sum[3] == count * (count - 1) / 2 + behind * count;
}

/// Sorts up to 8 keys; see `confab_sort_blocks`. Reads 8 words and writes up to 9.
static inline bool confab_sort_8(const uint64_t *_Nonnull source, int32_t count, uint64_t *_Nonnull target) {
  return confab_sort_blocks(source, count, target, 2);
}

/// Sorts up to 16 keys; see `confab_sort_blocks`. Reads 16 words and writes up to 17.
static inline bool confab_sort_16(const uint64_t *_Nonnull source, int32_t count, uint64_t *_Nonnull target) {
  return confab_sort_blocks(source, count, target, 4);
}

/// Sorts up to 24 keys; see `confab_sort_blocks`. Reads 24 words and writes up to 25.
static inline bool confab_sort_24(const uint64_t *_Nonnull source, int32_t count, uint64_t *_Nonnull target) {
  return confab_sort_blocks(source, count, target, 6);
}

/// Sorts up to 32 keys; see `confab_sort_blocks`. Reads 32 words and writes up to 33.
static inline bool confab_sort_32(const uint64_t *_Nonnull source, int32_t count, uint64_t *_Nonnull target) {
  return confab_sort_blocks(source, count, target, 8);
}

#endif
