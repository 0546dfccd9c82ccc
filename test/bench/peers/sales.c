// The model of test/bench/sales.features.ts by hand, for these columns only: no missing values, a whole-number key.
//
//   sales FOLDER coded    one loop per feature; the groups are found before the time is taken
//   sales FOLDER keyed    the same, finding the groups included
//   sales FOLDER fused    finding the groups included, all features of a row in one loop, one record per group
//
// Reads raw doubles from FOLDER; then commands from stdin, see peer.ts.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static long rows, groups, range;
static double smallest;
static const double *pin, *revenue, *cost, *quantity;
static double *margin, *margin_pct, *unit_price, *is_large, *score, *revenue_share, *margin_excess;
static double *keys, *total_revenue, *mean_margin, *max_unit_price, *std_score, *large_count, *max_share;
static double *mean_score, *size;
static int *code, *code_of_key;

static void *memory(size_t bytes) {
  void *got = malloc(bytes);
  if (!got) {
    fprintf(stderr, "no memory left\n");
    exit(1);
  }
  return got;
}

static double *doubles(long count) { return memory(count * sizeof(double)); }

static FILE *file(const char *folder, const char *name, const char *mode) {
  char path[8192];
  snprintf(path, sizeof path, "%s/%s.f64", folder, name);
  FILE *opened = fopen(path, mode);
  if (!opened) {
    perror(path);
    exit(1);
  }
  return opened;
}

static double *column(const char *folder, const char *name) {
  FILE *from = file(folder, name, "rb");
  fseek(from, 0, SEEK_END);
  rows = ftell(from) / (long)sizeof(double);
  rewind(from);
  double *values = doubles(rows);
  if (fread(values, sizeof(double), rows, from) != (size_t)rows) exit(1);
  fclose(from);
  return values;
}

static void write_column(const char *folder, const char *name, const double *values, long count) {
  FILE *to = file(folder, name, "wb");
  if (fwrite(values, sizeof(double), count, to) != (size_t)count) exit(1);
  fclose(to);
}

/** Numbers the groups in order of first appearance. */
static void find_groups(void) {
  double min = pin[0], max = pin[0];
  for (long i = 0; i < rows; i++) {
    if (pin[i] < min) min = pin[i];
    if (pin[i] > max) max = pin[i];
  }
  if (max - min + 1 != range || min != smallest) {
    smallest = min;
    range = (long)(max - min) + 1;
    free(code_of_key);
    code_of_key = memory(range * sizeof(int));
  }
  memset(code_of_key, 0xff, range * sizeof(int));
  groups = 0;
  for (long i = 0; i < rows; i++) {
    int *known = &code_of_key[(long)(pin[i] - smallest)];
    if (*known < 0) {
      keys[groups] = pin[i];
      *known = (int)groups++;
    }
    code[i] = *known;
  }
}

static void one_loop_per_feature(void) {
  for (long i = 0; i < rows; i++) margin[i] = revenue[i] - cost[i];
  for (long i = 0; i < rows; i++) margin_pct[i] = margin[i] / revenue[i] * 100;
  for (long i = 0; i < rows; i++) unit_price[i] = revenue[i] / quantity[i];
  for (long i = 0; i < rows; i++) is_large[i] = revenue[i] > 500 && quantity[i] > 10 ? 1 : 0;
  for (long i = 0; i < rows; i++) score[i] = sqrt(quantity[i]) * margin_pct[i] + 1;

  for (long g = 0; g < groups; g++) {
    total_revenue[g] = mean_margin[g] = std_score[g] = large_count[g] = mean_score[g] = size[g] = 0;
    max_unit_price[g] = max_share[g] = -INFINITY;
  }
  for (long i = 0; i < rows; i++) total_revenue[code[i]] += revenue[i];
  for (long i = 0; i < rows; i++) {
    mean_margin[code[i]] += margin[i];
    size[code[i]]++;
  }
  for (long g = 0; g < groups; g++) mean_margin[g] /= size[g];
  for (long i = 0; i < rows; i++)
    if (unit_price[i] > max_unit_price[code[i]]) max_unit_price[code[i]] = unit_price[i];
  for (long i = 0; i < rows; i++) mean_score[code[i]] += score[i];
  for (long g = 0; g < groups; g++) mean_score[g] /= size[g];
  for (long i = 0; i < rows; i++) {
    double deviation = score[i] - mean_score[code[i]];
    std_score[code[i]] += deviation * deviation;
  }
  for (long g = 0; g < groups; g++) std_score[g] = size[g] < 2 ? NAN : sqrt(std_score[g] / (size[g] - 1));
  for (long i = 0; i < rows; i++) large_count[code[i]] += is_large[i];

  for (long i = 0; i < rows; i++) revenue_share[i] = revenue[i] / total_revenue[code[i]];
  for (long i = 0; i < rows; i++) margin_excess[i] = margin[i] - mean_margin[code[i]];
  for (long i = 0; i < rows; i++)
    if (revenue_share[i] > max_share[code[i]]) max_share[code[i]] = revenue_share[i];
}

struct group {
  double revenue, margin, score, large, size, squares, unit_price, share;
};
static struct group *all;

static void one_loop(void) {
  for (long g = 0; g < groups; g++) all[g] = (struct group){.unit_price = -INFINITY, .share = -INFINITY};
  for (long i = 0; i < rows; i++) {
    struct group *own = &all[code[i]];
    margin[i] = revenue[i] - cost[i];
    margin_pct[i] = margin[i] / revenue[i] * 100;
    unit_price[i] = revenue[i] / quantity[i];
    is_large[i] = revenue[i] > 500 && quantity[i] > 10 ? 1 : 0;
    score[i] = sqrt(quantity[i]) * margin_pct[i] + 1;
    own->revenue += revenue[i];
    own->margin += margin[i];
    own->score += score[i];
    own->large += is_large[i];
    own->size++;
    if (unit_price[i] > own->unit_price) own->unit_price = unit_price[i];
  }
  for (long g = 0; g < groups; g++) {
    all[g].margin /= all[g].size;
    all[g].score /= all[g].size;
  }
  for (long i = 0; i < rows; i++) {
    struct group *own = &all[code[i]];
    double deviation = score[i] - own->score;
    own->squares += deviation * deviation;
    revenue_share[i] = revenue[i] / own->revenue;
    margin_excess[i] = margin[i] - own->margin;
    if (revenue_share[i] > own->share) own->share = revenue_share[i];
  }
  for (long g = 0; g < groups; g++) {
    total_revenue[g] = all[g].revenue;
    mean_margin[g] = all[g].margin;
    max_unit_price[g] = all[g].unit_price;
    std_score[g] = all[g].size < 2 ? NAN : sqrt(all[g].squares / (all[g].size - 1));
    large_count[g] = all[g].large;
    max_share[g] = all[g].share;
  }
}

static void write_results(const char *folder) {
  const struct {
    const char *name;
    const double *values;
    long count;
  } columns[] = {
      {"rows.margin", margin, rows},
      {"rows.margin_pct", margin_pct, rows},
      {"rows.unit_price", unit_price, rows},
      {"rows.is_large", is_large, rows},
      {"rows.score", score, rows},
      {"rows.revenue_share", revenue_share, rows},
      {"rows.margin_excess", margin_excess, rows},
      {"groups.pin", keys, groups},
      {"groups.total_revenue", total_revenue, groups},
      {"groups.mean_margin", mean_margin, groups},
      {"groups.max_unit_price", max_unit_price, groups},
      {"groups.std_score", std_score, groups},
      {"groups.large_count", large_count, groups},
      {"groups.max_share", max_share, groups},
  };
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
    write_column(folder, columns[i].name, columns[i].values, columns[i].count);
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int count, char **arguments) {
  if (count != 3) return 2;
  const char *folder = arguments[1];
  int keyed = strcmp(arguments[2], "coded") != 0;
  int fused = strcmp(arguments[2], "fused") == 0;
  pin = column(folder, "pin");
  revenue = column(folder, "revenue");
  cost = column(folder, "cost");
  quantity = column(folder, "quantity");
  code = memory(rows * sizeof(int));
  keys = doubles(rows);
  find_groups();
  double **of_rows[] = {&margin, &margin_pct, &unit_price, &is_large, &score, &revenue_share, &margin_excess};
  for (size_t i = 0; i < sizeof of_rows / sizeof *of_rows; i++) *of_rows[i] = doubles(rows);
  double **of_groups[] = {&total_revenue, &mean_margin, &max_unit_price, &std_score,
                          &large_count,   &max_share,   &mean_score,     &size};
  for (size_t i = 0; i < sizeof of_groups / sizeof *of_groups; i++) *of_groups[i] = doubles(groups);
  all = memory(groups * sizeof *all);

  printf("{\"version\":\"C compiler %s, -O3 -march=native\"}\n", __VERSION__);
  fflush(stdout);
  char line[4200];
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (strcmp(line, "run") == 0) {
      double start = milliseconds();
      if (keyed) find_groups();
      if (fused)
        one_loop();
      else
        one_loop_per_feature();
      printf("{\"ms\":%.6f}\n", milliseconds() - start);
    } else {
      write_results(line + strlen("results "));
      printf("{}\n");
    }
    fflush(stdout);
  }
  return 0;
}
