-- Pending seats: licenses that are granted and not in force yet in the newest snapshots, the day on which they were first
-- seen so, and in how many snapshots they were.
SELECT n.provider, n.license_name, u.display_name, u.email, n.holder_id AS user_id, min(w.day) AS first_seen_pending,
  count(*) AS snapshots
FROM newest.assignments AS n
JOIN newest.users AS u ON u.snapshot = n.snapshot AND u.provider = n.provider AND u.user_id = n.holder_id
JOIN assignments AS w ON w.provider = n.provider AND w.license_id = n.license_id AND w.holder_id = n.holder_id
WHERE n.state = 'pending' AND w.state = 'pending'
GROUP BY ALL
ORDER BY first_seen_pending, n.provider, n.license_name, n.holder_id;
