-- Terms that end next, by the newest snapshots: the last day to cancel, and seats that are free.
SELECT provider, license_name, term_end, notice_day, purchased, in_use, available, available_kind, available_reason, cost,
  cost_currency
FROM newest.licenses
WHERE term_end IS NOT NULL
ORDER BY coalesce(notice_day, term_end), provider, license_name;
