-- Since when users of the newest snapshot have held their seats, by the snapshots: on that day or earlier.
-- Licenses that were given back in between and assigned again count from the first snapshot on.
SELECT a.provider, a.license_name, a.holder_id AS user_id, min(a.day) AS first_seen, count(*) AS snapshots
FROM assignments AS a
WHERE a.state = 'held' AND a.holder_kind = 'user'
GROUP BY a.provider, a.license_id, a.license_name, a.holder_id
HAVING max(a.taken_at) = (SELECT max(taken_at) FROM snapshots)
ORDER BY first_seen DESC, a.provider, a.license_name, a.holder_id;
