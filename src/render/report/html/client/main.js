import { startFindingLists } from './finding-lists.js'
import { startLicenseSearch } from './license-search.js'
import { startPeopleTable } from './people-table.js'
import { showTimesInZone } from './times.js'
import { unpacked } from './unpack.js'

const data = unpacked(JSON.parse(document.getElementById('data')?.textContent ?? ''))

showTimesInZone()
startLicenseSearch()
startFindingLists(data)
if (document.getElementById('people-card') !== null) startPeopleTable(data)
