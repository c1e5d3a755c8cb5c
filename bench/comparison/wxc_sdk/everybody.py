import csv, sys
from wxc_sdk import WebexSimpleApi
a = WebexSimpleApi()
n = {l.license_id: l.name for l in a.licenses.list()}
w = csv.writer(sys.stdout)
for p in a.people.list(max=1000):
    w.writerow([p.person_id, p.display_name, p.emails[0], ' '.join(n[l] for l in p.licenses)])
