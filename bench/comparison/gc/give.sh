gc users list -a --pageSize 500 --state any > u.json &&
jq --rawfile t team.csv '($t | split("\n")) as $t | {assignments: [{licenseId: "LICENSE", userIdsAdd: map(select(.email | IN($t[])).id), userIdsRemove: []}]}' u.json > give.json &&
gc license organization create -f give.json
