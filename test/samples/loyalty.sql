-- What every feature of samples/loyalty means, written from their doc comments in another language, for another engine.
-- `data` is the path of visits.csv. One table per level; a column is named as the feature it checks.

CREATE TABLE input AS
SELECT
  row_number() OVER () AS line,
  visited_at::TIMESTAMP AS visited_at,
  member,
  amount::DOUBLE AS amount,
  date_trunc('week', visited_at::TIMESTAMP)::DATE AS week
FROM read_csv(getvariable('data'), all_varchar = true, header = true, parallel = false);

CREATE TABLE member_rows AS
SELECT
  line,
  rank() OVER times AS nth_visit,
  (epoch_ms(visited_at) - lag(epoch_ms(visited_at)) OVER times) / 86400000.0 AS days_since_last,
  CASE WHEN amount IS NOT NULL THEN sum(amount) OVER (times ROWS UNBOUNDED PRECEDING) END AS spent_so_far,
  CASE
    WHEN count(amount) OVER (times ROWS 4 PRECEDING) >= 3 THEN quantile_cont(amount, 0.5) OVER (times ROWS 4 PRECEDING)
  END AS usual_amount,
  sum(amount) OVER (PARTITION BY member) AS spent
FROM input
WHERE member IS NOT NULL
WINDOW times AS (PARTITION BY member ORDER BY line);

CREATE TABLE members_rows AS
SELECT
  input.line,
  week,
  nth_visit,
  nth_visit = 1 AS is_new,
  days_since_last,
  spent_so_far,
  usual_amount,
  amount > usual_amount * 2 AS is_treat,
  floor(CAST(spent_so_far / spent * 100 AS DECIMAL(18, 6)) * 10 + 0.5) / 10 AS progress
FROM input LEFT JOIN member_rows USING (line);

CREATE TABLE members_groups AS
SELECT
  member,
  count(visited_at) AS visits,
  coalesce(sum(amount), 0) AS spent,
  max(days_since_last) AS longest_pause,
  count(*) FILTER (is_treat) AS treats
FROM input JOIN members_rows USING (line)
WHERE member IS NOT NULL
GROUP BY member;

-- Weeks are numbered: the week before is the last one with visits.
CREATE TABLE numbered AS
SELECT week, row_number() OVER (ORDER BY week) AS n FROM (SELECT DISTINCT week FROM input);
CREATE TABLE seen AS
SELECT DISTINCT n, member FROM input JOIN numbered USING (week) WHERE member IS NOT NULL;

CREATE TABLE weekly_groups AS
WITH sums AS (
  SELECT
    week,
    n,
    coalesce(sum(amount), 0) AS revenue,
    count(DISTINCT member) AS active_members,
    count(*) FILTER (is_new) AS new_members
  FROM input JOIN numbered USING (week) JOIN members_rows USING (line)
  GROUP BY week, n
),
kept AS (
  SELECT
    n,
    (SELECT count(*) FROM seen now JOIN seen before ON now.member = before.member
      WHERE now.n = sums.n AND before.n = sums.n - 1) AS retained,
    (SELECT count(*) FROM seen before ANTI JOIN seen now ON now.member = before.member AND now.n = before.n + 1
      WHERE before.n = sums.n - 1) AS lost,
    (SELECT count(*) FROM seen now JOIN seen before ON now.member = before.member
      WHERE now.n = sums.n AND before.n = sums.n - 2) AS after_two
  FROM sums
),
rates AS (
  SELECT
    *,
    (revenue / lag(revenue) OVER weeks - 1) * 100 AS revenue_growth,
    CASE WHEN n >= 4 THEN avg(revenue) OVER (weeks ROWS 3 PRECEDING) END AS revenue_4_weeks,
    sum(revenue) OVER (weeks ROWS UNBOUNDED PRECEDING) AS revenue_so_far,
    rank() OVER (ORDER BY revenue) AS place,
    active_members - new_members - retained AS came_back,
    retained / lag(active_members) OVER weeks * 100 AS retention_rate,
    after_two / lag(active_members, 2) OVER weeks * 100 AS retention_2_weeks
  FROM sums JOIN kept USING (n)
  WINDOW weeks AS (ORDER BY n)
)
SELECT
  * EXCLUDE (n, after_two),
  'revenue ' || CASE WHEN revenue_growth < 0 THEN 'down' ELSE 'up' END || format(' {:.1f} %, ', abs(revenue_growth))
    || format('{:.0f} % of the members came again', retention_rate) AS report
FROM rates;

CREATE TABLE weekly_rows AS
SELECT line, amount / revenue * 100 AS share_of_week
FROM input JOIN weekly_groups USING (week);
