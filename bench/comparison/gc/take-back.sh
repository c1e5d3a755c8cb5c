jq '.assignments[] |= (.userIdsRemove = .userIdsAdd | .userIdsAdd = [])' give.json > back.json &&
gc license organization create -f back.json
