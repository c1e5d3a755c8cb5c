-- People with seats at several vendors in the newest snapshot, and what these seats cost a month.
-- cost is what is known; seats_without_cost are not in it.
SELECT p.display_name, p.email, p.providers, p.link, count(*) AS seats, a.cost_currency AS currency,
  sum(a.cost) AS cost, count(*) FILTER (a.cost_kind = 'unknown') AS seats_without_cost
FROM people AS p
JOIN assignments AS a ON a.snapshot = p.snapshot AND a.person = p.person AND a.state = 'held'
JOIN (SELECT snapshot, person FROM users WHERE coalesce(seats, seats_at_least) > 0
  GROUP BY ALL HAVING count(DISTINCT vendor) > 1) AS several
  ON several.snapshot = p.snapshot AND several.person = p.person
WHERE p.taken_at = (SELECT max(taken_at) FROM snapshots)
GROUP BY p.person, p.display_name, p.email, p.providers, p.link, a.cost_currency
ORDER BY cost DESC NULLS LAST, p.person, currency;
