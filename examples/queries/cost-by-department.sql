-- Cost by department over time: what the seats that people hold cost a month, in each snapshot.
-- seats_without_cost are in no amount: no price is known of them, or the seat belongs to no single user.
SELECT a.day, coalesce(u.department, '(' || u.department_kind || ')') AS department, a.cost_currency AS currency,
  count(*) AS seats, sum(a.cost) AS cost, count(*) FILTER (a.cost_kind = 'unknown') AS seats_without_cost
FROM assignments AS a
JOIN users AS u ON u.snapshot = a.snapshot AND u.provider = a.provider AND u.user_id = a.holder_id
WHERE a.holder_kind = 'user' AND a.state = 'held'
GROUP BY ALL
ORDER BY a.day, cost DESC NULLS LAST, department, currency;
