-- Pending seats: licenses that are granted and not in force yet, and since which of the snapshots in a row they have been.
WITH waiting AS (
  SELECT taken_at, day, snapshot, provider, license_id, license_name, holder_id FROM assignments WHERE state = 'pending'
)
SELECT w.provider, w.license_name, u.display_name, u.email, w.holder_id AS user_id, min(w.day) AS first_seen_pending,
  count(*) AS snapshots
FROM waiting AS w
JOIN users AS u ON u.snapshot = w.snapshot AND u.provider = w.provider AND u.user_id = w.holder_id
GROUP BY ALL
HAVING max(w.taken_at) = (SELECT max(taken_at) FROM snapshots)
ORDER BY first_seen_pending, w.provider, w.license_name, w.holder_id;
