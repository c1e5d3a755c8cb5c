echo '{"query": [{"type": "EXACT", "fields": ["email"], "value": "EMAIL"}]}' |
gc users search create | jq -r '.results[0].id' | xargs gc license users get | jq -r '.licenses[].id'
