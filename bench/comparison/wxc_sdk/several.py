from wxc_sdk import WebexSimpleApi
for t in open('tokens').read().split():
    try:
        for p in WebexSimpleApi(tokens=t).people.list(max=1000):
            print(p.emails[0], *p.licenses)
    except Exception as e:
        print(e)
