-- Utilization over time: the part of the purchased seats that is in use, by the last snapshot of each provider and day.
-- A part that is not known is NULL, with the reason; it is no zero.
SELECT day, provider, license_name, purchased, purchased_kind, in_use, round(100 * utilization, 1) AS percent,
  utilization_kind, utilization_reason
FROM daily.licenses
WHERE NOT declared_only AND utilization_kind <> 'notApplicable'
ORDER BY provider, license_name, license_id, taken_at;
