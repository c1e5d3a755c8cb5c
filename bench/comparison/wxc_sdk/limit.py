import sys
from wxc_sdk import WebexSimpleApi
sys.exit(any(l.consumed_units > 0.9 * l.total_units for l in WebexSimpleApi().licenses.list()))
