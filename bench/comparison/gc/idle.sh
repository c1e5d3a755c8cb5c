gc license users list -a --pageSize 100 > l.json &&
gc users list -a --pageSize 500 --state any > u.json &&
jq -rs '(.[1] | INDEX(.id)) as $u | .[0][] | select(($u[.id].state != "active") and .licenses != []) | [.id, $u[.id].email, .licenses[]] | @csv' l.json u.json
