-- Who gained and who lost a license in each provider, between the first and the last day of its snapshots.
-- For two days of your own, add to the first WHERE: AND day IN ('2026-09-01', '2026-11-01')
-- Only days on which the users were read completely count: else, a user may only seem to have lost a seat.
WITH read AS (
  SELECT provider, day FROM daily.snapshots WHERE users_verdict IN ('complete', 'unverifiable')
),
days AS (SELECT provider, min(day) AS first_day, max(day) AS last_day FROM read GROUP BY provider),
compared AS (SELECT provider, unnest([first_day, last_day]) AS day FROM days),
held AS (
  SELECT DISTINCT provider, day, license_id, license_name, holder_id
  FROM daily.assignments SEMI JOIN compared USING (provider, day)
  WHERE holder_kind = 'user' AND state = 'held'
),
earlier AS (SELECT held.* FROM held JOIN days ON days.provider = held.provider AND days.first_day = held.day),
later AS (SELECT held.* FROM held JOIN days ON days.provider = held.provider AND days.last_day = held.day),
changes AS (
  SELECT 'gained' AS change, provider, license_id, license_name, holder_id FROM later
    ANTI JOIN earlier USING (provider, license_id, holder_id)
  UNION ALL
  SELECT 'lost', provider, license_id, license_name, holder_id FROM earlier
    ANTI JOIN later USING (provider, license_id, holder_id)
),
names AS (
  SELECT provider, user_id, arg_max(display_name, taken_at) AS display_name, arg_max(email, taken_at) AS email
  FROM daily.users SEMI JOIN compared USING (provider, day) GROUP BY ALL
)
SELECT c.change, c.provider, d.first_day, d.last_day, c.license_name, n.display_name, n.email, c.holder_id AS user_id
FROM changes AS c
JOIN days AS d ON d.provider = c.provider
LEFT JOIN names AS n ON n.provider = c.provider AND n.user_id = c.holder_id
ORDER BY c.change, c.provider, c.license_name, c.holder_id;
