import { startFindingLists } from './finding-lists.js'
import { startLicenseSearch } from './license-search.js'
import { readPageData } from './page-data.js'
import { startPeopleTable } from './people-table.js'

const data = readPageData()
startLicenseSearch()
startFindingLists(data)
if (document.getElementById('people-card') !== null) startPeopleTable(data)
