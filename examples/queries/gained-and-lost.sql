-- Who gained and who lost a license between the first and the last day of the snapshots (change the two days to your own).
-- Only providers whose users were read completely on both days: of others, a user may only seem to have lost a seat.
WITH days AS (SELECT min(day) AS first_day, max(day) AS last_day FROM snapshots),
read AS (
  SELECT provider FROM snapshots, days
  WHERE day IN (first_day, last_day) AND users_verdict IN ('complete', 'unverifiable')
  GROUP BY provider HAVING count(DISTINCT day) = (SELECT count(DISTINCT d) FROM (SELECT unnest([first_day, last_day]) AS d FROM days))
),
held AS (
  SELECT DISTINCT day, provider, license_id, license_name, holder_id FROM assignments
  WHERE holder_kind = 'user' AND state = 'held' AND provider IN (FROM read)
    AND day IN (SELECT unnest([first_day, last_day]) FROM days)
),
earlier AS (SELECT * FROM held WHERE day = (SELECT first_day FROM days)),
later AS (SELECT * FROM held WHERE day = (SELECT last_day FROM days)),
changes AS (
  SELECT 'gained' AS change, provider, license_id, license_name, holder_id FROM later
    ANTI JOIN earlier USING (provider, license_id, holder_id)
  UNION ALL
  SELECT 'lost', provider, license_id, license_name, holder_id FROM earlier
    ANTI JOIN later USING (provider, license_id, holder_id)
),
names AS (
  SELECT provider, user_id, arg_max(display_name, taken_at) AS display_name, arg_max(email, taken_at) AS email
  FROM users WHERE day IN (SELECT unnest([first_day, last_day]) FROM days) GROUP BY ALL
)
SELECT c.change, c.provider, c.license_name, n.display_name, n.email, c.holder_id AS user_id
FROM changes AS c LEFT JOIN names AS n ON n.provider = c.provider AND n.user_id = c.holder_id
ORDER BY c.change, c.provider, c.license_name, c.holder_id;
