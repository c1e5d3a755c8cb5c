-- People with seats at several vendors in the newest snapshot, and what these seats cost a month.
-- cost is what is known; seats_without_cost are not in it.
WITH newest AS (SELECT max(taken_at) AS taken_at FROM snapshots),
several AS (
  SELECT snapshot, person FROM users SEMI JOIN newest USING (taken_at) WHERE coalesce(seats, seats_at_least) > 0
  GROUP BY ALL HAVING count(DISTINCT vendor) > 1
),
held AS (FROM assignments SEMI JOIN newest USING (taken_at) WHERE state = 'held'),
named AS (FROM people SEMI JOIN newest USING (taken_at))
SELECT p.display_name, p.email, p.providers, p.link, count(*) AS seats, a.cost_currency AS currency,
  sum(a.cost) AS cost, count(*) FILTER (a.cost_kind = 'unknown') AS seats_without_cost
FROM several
JOIN named AS p ON p.snapshot = several.snapshot AND p.person = several.person
JOIN held AS a ON a.snapshot = several.snapshot AND a.person = several.person
GROUP BY p.person, p.display_name, p.email, p.providers, p.link, a.cost_currency
ORDER BY cost DESC NULLS LAST, p.person, currency;
