-- Unknown figures and why, in the newest snapshot: how many licenses lack a number, by reason.
WITH newest AS (SELECT * FROM licenses WHERE taken_at = (SELECT max(taken_at) FROM snapshots)),
figures AS (
  SELECT provider, 'purchased' AS figure, purchased_kind AS kind, purchased_reason AS reason FROM newest
  UNION ALL SELECT provider, 'consumed', consumed_kind, consumed_reason FROM newest
  UNION ALL SELECT provider, 'assigned', assigned_kind, assigned_reason FROM newest
  UNION ALL SELECT provider, 'available', available_kind, available_reason FROM newest
  UNION ALL SELECT provider, 'cost', cost_kind, cost_reason FROM newest
)
SELECT provider, figure, count(*) AS licenses, reason
FROM figures WHERE kind = 'unknown'
GROUP BY ALL
ORDER BY licenses DESC, provider, figure, reason;
