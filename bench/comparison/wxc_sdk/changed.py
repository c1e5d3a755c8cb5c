import json
from wxc_sdk import WebexSimpleApi
t = {f'{p.emails[0]} {l}' for p in WebexSimpleApi().people.list(max=1000) for l in p.licenses}
y = set(json.load(open('yesterday')))
print(*[f'- {s}' for s in y - t], *[f'+ {s}' for s in t - y], sep='\n')
json.dump([*t], open('today', 'w'))
