-- Unknown figures and why, in the newest snapshots: how many licenses lack a number, by reason.
WITH figures AS (
  SELECT provider, 'purchased' AS figure, purchased_kind AS kind, purchased_reason AS reason FROM newest.licenses
  UNION ALL SELECT provider, 'consumed', consumed_kind, consumed_reason FROM newest.licenses
  UNION ALL SELECT provider, 'assigned', assigned_kind, assigned_reason FROM newest.licenses
  UNION ALL SELECT provider, 'available', available_kind, available_reason FROM newest.licenses
  UNION ALL SELECT provider, 'cost', cost_kind, cost_reason FROM newest.licenses
)
SELECT provider, figure, count(*) AS licenses, reason
FROM figures WHERE kind = 'unknown'
GROUP BY ALL
ORDER BY licenses DESC, provider, figure, reason;
