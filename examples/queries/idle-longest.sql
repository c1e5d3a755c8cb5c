-- Seats idle longest: seats in the newest snapshot whose users were active longest ago, or never.
-- A user of whom no time is known is not here, as that shows nothing: see unknown-figures.sql.
WITH newest AS (SELECT max(taken_at) AS taken_at FROM snapshots),
idle AS (FROM users SEMI JOIN newest USING (taken_at) WHERE last_active_kind <> 'unknown'),
held AS (FROM assignments SEMI JOIN newest USING (taken_at) WHERE holder_kind = 'user' AND state = 'held')
SELECT a.provider, a.license_name, u.display_name, u.email, u.last_active_kind, u.last_active_at,
  date_diff('day', u.last_active_at, u.taken_at) AS idle_days, a.cost, a.cost_currency
FROM held AS a
JOIN idle AS u ON u.snapshot = a.snapshot AND u.provider = a.provider AND u.user_id = a.holder_id
ORDER BY u.last_active_kind = 'never' DESC, u.last_active_at, a.provider, a.license_name, u.user_id
LIMIT 100;
