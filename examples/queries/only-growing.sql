-- Licenses that only grow: seats in use never went down from one snapshot to the next, and are more in the last one.
-- Of a license whose seats in use are unknown in some snapshot, this cannot be said: it is not here.
WITH steps AS (
  SELECT provider, license_id, license_name, taken_at, in_use, in_use_kind,
    in_use - lag(in_use) OVER (PARTITION BY provider, license_id ORDER BY taken_at) AS step
  FROM licenses
)
SELECT provider, arg_max(license_name, taken_at) AS license_name, count(*) AS snapshots,
  arg_min(in_use, taken_at) AS first_in_use, arg_max(in_use, taken_at) AS last_in_use,
  arg_max(in_use, taken_at) - arg_min(in_use, taken_at) AS more
FROM steps
GROUP BY provider, license_id
HAVING count(*) > 1 AND bool_and(in_use_kind = 'known') AND min(step) >= 0 AND sum(step) > 0
ORDER BY more DESC, provider, license_name;
