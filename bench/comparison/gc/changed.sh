gc license users list -a --pageSize 100 | jq -c 'sort_by(.id)[] | [.id, .licenses]' > today && diff yesterday today
