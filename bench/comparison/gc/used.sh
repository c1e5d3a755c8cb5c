gc license users list -a --pageSize 100 | jq '[.[].licenses[]] | group_by(.) | map({(.[0]): length}) | add'
