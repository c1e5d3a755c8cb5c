-- How good the snapshots are: each provider of each snapshot that is not complete, and what is missing.
SELECT day, folder, provider, status, error, problems
FROM snapshots WHERE status <> 'complete'
ORDER BY taken_at, provider;
