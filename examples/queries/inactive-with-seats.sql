-- Users who have left and still hold seats, in the newest snapshots, and since which day they have been seen inactive.
WITH left_users AS (
  SELECT provider, user_id, min(day) AS first_seen_inactive FROM users WHERE status IN ('inactive', 'deleted') GROUP BY ALL
)
SELECT u.provider, u.display_name, u.email, u.status, l.first_seen_inactive, u.seats, u.seats_at_least, u.cost,
  u.cost_currency
FROM newest.users AS u
JOIN left_users AS l ON l.provider = u.provider AND l.user_id = u.user_id
WHERE u.status IN ('inactive', 'deleted') AND coalesce(u.seats, u.seats_at_least) > 0
ORDER BY u.cost DESC NULLS LAST, u.provider, u.user_id;
