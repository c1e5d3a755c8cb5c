# Runs a program with wxc_sdk against the address in WEBEX_API_URL: wxc_sdk itself knows that of Webex alone.
import os, runpy, sys
from wxc_sdk.rest import RestSession

RestSession.BASE = os.environ['WEBEX_API_URL']
runpy.run_path(sys.argv[1], run_name='__main__')
