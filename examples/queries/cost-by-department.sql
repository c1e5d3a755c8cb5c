-- Cost by department over time: what the seats that people hold cost a month, by the last snapshot of each provider and day.
-- seats_without_cost are in no amount: no price is known of them, or the seat belongs to no single user.
SELECT day, coalesce(department, '(' || department_kind || ')') AS department, cost_currency AS currency,
  count(*) AS seats, sum(cost) AS cost, count(*) FILTER (cost_kind = 'unknown') AS seats_without_cost
FROM daily.assignments
WHERE holder_kind = 'user' AND state = 'held'
GROUP BY ALL
ORDER BY day, cost DESC NULLS LAST, department, currency;
