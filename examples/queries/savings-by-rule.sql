-- Savings by rule in the newest snapshots: open findings, the seats at stake, and what these cost a month.
-- Findings of two rules may be about one seat: the amounts of rules do not add up. abstained: the rule lacked data.
SELECT rule, count(*) FILTER (state = 'open') AS findings, count(*) FILTER (state = 'accepted') AS accepted,
  count(*) FILTER (state = 'abstained') AS abstained, sum(seats) FILTER (state = 'open') AS seats,
  sum(removable) FILTER (state = 'open') AS removable, max(cost_currency) AS currency,
  sum(cost) FILTER (state = 'open') AS cost, count(*) FILTER (state = 'open' AND cost_kind = 'unknown') AS without_cost
FROM newest.findings
GROUP BY rule, CASE WHEN cost_kind = 'known' THEN cost_currency END
ORDER BY cost DESC NULLS LAST, rule;
