-- Seats idle longest: seats in the newest snapshots whose users were active longest ago, or never.
-- A user of whom no time is known is not here, as that shows nothing: see unknown-figures.sql.
SELECT a.provider, a.license_name, u.display_name, u.email, u.last_active_kind, u.last_active_at,
  date_diff('day', u.last_active_at, u.taken_at) AS idle_days, a.cost, a.cost_currency
FROM newest.assignments AS a
JOIN newest.users AS u ON u.snapshot = a.snapshot AND u.provider = a.provider AND u.user_id = a.holder_id
WHERE a.holder_kind = 'user' AND a.state = 'held' AND u.last_active_kind <> 'unknown'
ORDER BY u.last_active_kind = 'never' DESC, u.last_active_at, a.provider, a.license_name, u.user_id
LIMIT 100;
