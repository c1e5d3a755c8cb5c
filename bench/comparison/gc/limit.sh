[ $(gc license users list -a --pageSize 100 | jq '[.[] | select(.licenses | index("LICENSE"))] | length') -le NINETY ]
