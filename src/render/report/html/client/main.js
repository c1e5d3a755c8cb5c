import { startFindingLists } from './finding-lists.js'
import { startLicenseSearch } from './license-search.js'
import { startPeopleTable } from './people-table.js'
import { showTimesInZone } from './times.js'
import { openData } from './unpack.js'

const { data, prepare } = openData((name) =>
  Array.from(document.querySelectorAll(`script[data-name="${name}"]`), ({ textContent }) => textContent ?? ''),
)

showTimesInZone()
startLicenseSearch()
startFindingLists(data)
if (document.getElementById('people-card') !== null) startPeopleTable(data)

// What the first search needs is read while the user reads, a little at a time.
const prepareRest = () => {
  if (prepare()) setTimeout(prepareRest)
  else performance.mark('prepared')
}
addEventListener('load', () => setTimeout(prepareRest))
