from wxc_sdk import WebexSimpleApi
for l in WebexSimpleApi().licenses.list():
    print(l.name, l.total_units, l.consumed_units)
