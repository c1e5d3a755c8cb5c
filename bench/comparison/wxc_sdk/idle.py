from wxc_sdk import WebexSimpleApi
for p in WebexSimpleApi().people.list(max=1000):
    if p.licenses and (p.invite_pending or p.login_enabled is False):
        print(p.emails[0], *p.licenses, sep=',')
