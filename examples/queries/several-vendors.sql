-- People with seats at several vendors in the newest snapshots, and what these seats cost a month.
-- cost is what is known; seats_without_cost are not in it.
WITH several AS (
  SELECT taken_at, snapshot, person FROM users SEMI JOIN newest.people USING (taken_at, snapshot, person)
  WHERE coalesce(seats, seats_at_least) > 0
  GROUP BY ALL HAVING count(DISTINCT vendor) > 1
),
held AS (FROM assignments SEMI JOIN several USING (taken_at, snapshot, person) WHERE state = 'held')
SELECT p.display_name, p.email, p.providers, p.link, count(*) AS seats, a.cost_currency AS currency,
  sum(a.cost) AS cost, count(*) FILTER (a.cost_kind = 'unknown') AS seats_without_cost
FROM newest.people AS p
JOIN held AS a ON a.snapshot = p.snapshot AND a.person = p.person
GROUP BY p.snapshot, p.person, p.display_name, p.email, p.providers, p.link, a.cost_currency
ORDER BY cost DESC NULLS LAST, p.person, currency;
