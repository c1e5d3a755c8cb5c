from wxc_sdk import WebexSimpleApi
from wxc_sdk.licenses import LicenseRequest
a = WebexSimpleApi()
for e in open('team.csv').read().split()[1:]:
    a.licenses.assign_licenses_to_users(email=e, licenses=[LicenseRequest(id='LICENSE', operation='add')])
