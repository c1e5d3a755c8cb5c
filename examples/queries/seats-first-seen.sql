-- Since when users of the newest snapshots have held their seats, by the snapshots: on that day or earlier.
-- Licenses that were given back in between and assigned again count from the first snapshot on.
WITH seen AS (
  SELECT provider, license_id, holder_id, min(day) AS first_seen, count(*) AS snapshots
  FROM assignments WHERE state = 'held' AND holder_kind = 'user'
  GROUP BY ALL
)
SELECT n.provider, n.license_name, n.holder_id AS user_id, s.first_seen, s.snapshots
FROM newest.assignments AS n
JOIN seen AS s ON s.provider = n.provider AND s.license_id = n.license_id AND s.holder_id = n.holder_id
WHERE n.state = 'held' AND n.holder_kind = 'user'
ORDER BY s.first_seen DESC, n.provider, n.license_name, n.holder_id;
