from wxc_sdk import WebexSimpleApi
for u in WebexSimpleApi().licenses.assigned_users('LICENSE'):
    print(u.id, u.display_name, u.email, sep=',')
