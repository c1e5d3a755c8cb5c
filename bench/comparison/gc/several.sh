for p in one two; do gc -p $p license users list -a --pageSize 100 > $p.json || echo $p failed; done
