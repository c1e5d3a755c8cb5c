from wxc_sdk import WebexSimpleApi
a = WebexSimpleApi()
n = {l.license_id: l.name for l in a.licenses.list()}
for p in a.people.list(email='EMAIL'):
    print(*[n[l] for l in p.licenses], sep='\n')
