/** The page's only style: light and dark, from 360 pixels on, and on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f5f6f8; --surface: #ffffff; --text: #1b2027; --muted: #59636f; --line: #dfe3e8; --hover: #f3f6fa;
  --accent: #1d5fb8; --shade: rgb(27 32 39 / 0.32); --track: #e6eaef; --free: #3f7fd0; --nearly: #8f5500; --nearly-fill: #d18b1f; --over: #b3261e; --good: #1c7a4b;
  --warm: #fff6e5; --warm-line: #e8c078; --both: #5b3fa8; --other: #2f9c95; --control: #848d99;
  --share-1: #3f7fd0; --share-2: #2f9c95; --share-3: #8a5fc7; --share-4: #c77718; --share-5: #c2477f; --share-6: #5f7f2c; --share-other: #848d99;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151a; --surface: #1a1f26; --text: #e7eaee; --muted: #a2adba; --line: #2e3640; --hover: #212833;
    --accent: #8ab8f5; --shade: rgb(231 234 238 / 0.4); --track: #2b333d; --free: #5d9be8; --nearly: #e5a83f; --nearly-fill: #e5a83f; --over: #ff8a80; --good: #6cc99a;
    --warm: #2a2315; --warm-line: #7a5d22; --both: #b59cf5; --other: #4fb9b1; --control: #75818f;
    --share-1: #5d9be8; --share-2: #4fb9b1; --share-3: #b59cf5; --share-4: #e5a83f; --share-5: #e88ab2; --share-6: #a3c168; --share-other: #8b96a4;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 60px; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
[hidden] { display: none !important; }
.page { max-width: 1180px; margin: 0 auto; padding: 40px 24px 64px; }
h1, h2, h3, p, ul, dl, dd { margin: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; }
h2 { font-size: 20px; line-height: 1.3; letter-spacing: -0.01em; font-weight: 650; }
h3 { font-size: 15px; font-weight: 600; }
a { color: var(--accent); text-underline-offset: 3px; }
small { font-size: 13px; color: var(--muted); font-weight: 400; }
.muted { color: var(--muted); }
.unknown { color: var(--muted); }
.unbroken { white-space: nowrap; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
bdi { overflow-wrap: anywhere; }
sup { font-size: 0.72em; line-height: 0; letter-spacing: 0; font-weight: 400; margin-left: 1px; -webkit-user-select: none; user-select: none; }
sup a { color: var(--muted); text-decoration: none; padding: 0 2px; } sup a:hover { color: var(--accent); text-decoration: underline; }
.value sup { font-size: 0.5em; vertical-align: 0.75em; }
.amount { display: inline-block; white-space: nowrap; }
.number .amount, .value .amount { display: block; }
.on-paper { display: none; }
code { font-size: 0.92em; overflow-wrap: anywhere; }
time small { display: block; } time span { white-space: nowrap; }

header { display: flex; flex-wrap: wrap; gap: 16px 32px; align-items: flex-end; justify-content: space-between; margin-bottom: 28px; }
header .muted { margin-top: 6px; }
header .title { display: flex; flex-wrap: wrap; gap: 12px 18px; align-items: center; min-width: 0; } header h1 { overflow-wrap: anywhere; }
.logo { display: block; max-width: min(220px, 100%); max-height: 64px; width: auto; height: auto; object-fit: contain; }
.print-all { display: flex; gap: 8px; align-items: center; flex-basis: 100%; font-size: 13px; color: var(--muted); } .print-all input { min-height: 0; margin: 0; width: 16px; height: 16px; }
.providers { display: flex; flex-wrap: wrap; gap: 6px 20px; padding: 0; list-style: none; }
main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 40px; }
section { min-width: 0; }
section > h2, .section-head { margin-bottom: 14px; }
.section-head { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; justify-content: space-between; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; }
.card + .card { margin-top: 12px; }
.apart { margin: 20px 0 10px; color: var(--muted); }
footer { margin-top: 40px; font-size: 13px; }

.status { display: inline-flex; align-items: center; gap: 6px; font-size: 13px; font-weight: 500; color: var(--muted); white-space: nowrap; }
.status::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--muted); }
.status-complete::before, .user-active::before { background: var(--good); }
.status-partial, .user-inactive { color: var(--nearly); }
.status-partial::before, .user-inactive::before { background: var(--nearly-fill); }
.status-failed, .user-deleted { color: var(--over); }
.status-failed::before, .user-deleted::before { background: var(--over); }
.user-unknown::before { background: none; border: 1.5px solid var(--muted); }

.alert { background: var(--warm); border-color: var(--warm-line); }
.alert > h2 { margin-bottom: 4px; }
.alert h3 { margin-top: 14px; }
.alert h3 .status { margin-left: 8px; }
#savings .columns { align-items: stretch; } .saving th[scope=row] { white-space: normal; } .saving { display: flex; flex-direction: column; gap: 6px; } .saving .value { font-size: 26px; line-height: 1.25; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; } .columns + .kept { margin-top: 10px; } .saving .value small { font-size: 15px; letter-spacing: 0; white-space: nowrap; }
.plain th small { display: block; } .plain tbody th small { white-space: normal; }
.actions { padding: 0; margin: 0 0 10px; list-style: none; counter-reset: action; }
.actions li { counter-increment: action; position: relative; padding: 10px 0 10px 38px; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.actions li::before { content: counter(action); position: absolute; left: 0; top: 10px; width: 26px; height: 26px; border-radius: 50%; background: var(--track); text-align: center; line-height: 26px; font-size: 13px; font-weight: 600; }
.actions .facts { margin: 2px 0 0; } .actions .how { margin: 4px 0 0; }
.day { white-space: nowrap; } .day small { display: block; } .plain-list { list-style: none; padding: 0; }
.alert ul, #unknown ul, .findings details ul, #quality ul, #cost ul { padding-left: 20px; margin-top: 6px; overflow-wrap: anywhere; }

.figures { display: grid; grid-template-columns: repeat(12, minmax(0, 1fr)); gap: 12px; }
.figure { display: flex; flex-direction: column; margin: 0 !important; grid-column: span 4; }
.figure.seats { grid-column: span 7; } .figure.cost { grid-column: span 5; }
.figures.in-2 .figure:not(.seats, .cost) { grid-column: span 6; } .figures.in-1 .figure:not(.seats, .cost) { grid-column: 1 / -1; }
.figures.unpriced .seats { grid-column: 1 / -1; }
.figure dt { font-size: 13px; font-weight: 500; color: var(--muted); }
.figure .value { font-size: 30px; line-height: 1.25; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; margin-top: 4px; }
.figure .value small { font-size: 14px; letter-spacing: 0; }
.figure .parts { display: flex; flex-wrap: wrap; gap: 0 26px; } .figure .value, .parts > span { white-space: nowrap; }
.figure .note { font-size: 13px; color: var(--muted); margin-top: auto; padding-top: 8px; }
.figure .bar { display: block; width: 100%; margin-bottom: 8px; }

.contents { position: sticky; top: 0; z-index: 3; margin: -20px -24px; padding: 8px 24px; background: var(--ground); border-bottom: 1px solid var(--line); }
/* A shade at an end that there is more behind: it lies still, and what covers it goes with the content. */
.contents ul { display: flex; gap: 4px 22px; padding: 0; list-style: none; overflow-x: auto; background: linear-gradient(to right, var(--ground) 50%, transparent) left / 48px 100% no-repeat local, linear-gradient(to left, var(--ground) 50%, transparent) right / 48px 100% no-repeat local, linear-gradient(to right, var(--shade), transparent) left / 18px 100% no-repeat scroll, linear-gradient(to left, var(--shade), transparent) right / 18px 100% no-repeat scroll; }
.contents a { display: block; padding: 4px 0; white-space: nowrap; text-decoration: none; font-weight: 500; font-size: 14px; }
.contents a:hover { text-decoration: underline; }

summary { cursor: pointer; }
details.card > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 14px; list-style: none; }
details.card > summary::-webkit-details-marker { display: none; }
details.card > summary::before { content: ""; flex: none; align-self: center; width: 7px; height: 7px; margin: 0 3px 0 2px; border: solid var(--muted); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
details.card[open] > summary::before { transform: rotate(45deg); }
summary h3 { display: inline; min-width: 0; flex: 0 1 auto; } .rule summary h3 { max-width: calc(100% - 90px); }
.facts { display: inline-flex; flex-wrap: wrap; gap: 2px 16px; font-size: 13px; color: var(--muted); margin-left: auto; }
details.card > summary + * { margin-top: 12px; }

.shares { display: block; width: 100%; height: 18px; border-radius: 4px; overflow: hidden; margin-bottom: 14px; }
.share-1 { fill: var(--share-1); } .share-2 { fill: var(--share-2); } .share-3 { fill: var(--share-3); } .share-4 { fill: var(--share-4); } .share-5 { fill: var(--share-5); } .share-6 { fill: var(--share-6); } .share-other { fill: var(--share-other); }
.bar { width: 100%; height: 8px; border-radius: 4px; overflow: hidden; }
.bar-unknown { display: inline-block; border: 1px dashed var(--muted); opacity: 0.55; }
.track { fill: var(--track); } .free { fill: var(--free); } .nearly-full { fill: var(--nearly-fill); }
.over { fill: var(--over); opacity: 0.62; } .excess { fill: var(--over); }
.level-nearly-full { color: var(--nearly); font-weight: 600; } .level-over { color: var(--over); font-weight: 600; }
.gauge { display: flex; align-items: center; gap: 12px; }
.gauge > .bar { flex: 1; min-width: 60px; }
.gauge > span:last-child { flex: none; margin-left: auto; min-width: 74px; text-align: right; }

table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { position: relative; padding: 9px 10px; text-align: left; vertical-align: top; font-weight: 400; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: 13px; font-weight: 500; color: var(--muted); vertical-align: bottom; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
.number { text-align: right; white-space: nowrap; }
.licenses tbody th { width: 34%; min-width: 150px; } .licenses tbody th small { display: block; }
.licenses td.utilization { width: 24%; } .licenses td { vertical-align: middle; }
.licenses tbody th, .licenses tbody th a { color: var(--text); } .licenses tbody th a { text-decoration: none; } .licenses tbody th a:hover { color: var(--accent); text-decoration: underline; }
.notes { padding: 0 0 0 20px; margin: 10px 0 0; font-size: 13px; color: var(--muted); overflow-wrap: anywhere; } .notes li:target { color: var(--text); background: var(--warm); }
.figures + .notes { padding-left: 24px; }
.scroll { overflow-x: auto; } .scroll + details { margin-top: 14px; }
.plain th, .plain td { white-space: nowrap; } .plain td:last-child { white-space: normal; } #purchases .plain .words { white-space: normal; min-width: 76px; } #purchases td small { display: block; overflow-wrap: anywhere; } .plain bdi { overflow-wrap: break-word; } .plain .place { white-space: normal; min-width: 120px; } .plain .place bdi { overflow-wrap: anywhere; } .plain.cards tbody th { white-space: normal; min-width: 120px; }
.costs th:first-child { white-space: normal; } #groups .plain th:first-child { white-space: normal; min-width: 96px; } .costs .compared { width: 40%; vertical-align: middle; } .costs { margin-top: 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 12px; align-items: start; }
.columns .card { margin: 0; } .columns + .card { margin-top: 12px; }
.lead { margin-bottom: 12px; } .lead strong { font-size: 18px; }

.overlaps { list-style: none; padding: 0; } .overlaps li + li { margin-top: 22px; padding-top: 22px; border-top: 1px solid var(--line); }
.overlap { display: block; width: 100%; height: 44px; margin: 12px 0 10px; }
.overlap .one { fill: var(--free); } .overlap .other { fill: var(--other); } .overlap .both { fill: var(--both); }
.overlap rect { rx: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 24px; font-size: 13px; color: var(--muted); }
.key::before { content: ""; display: inline-block; width: 10px; height: 10px; border-radius: 3px; margin-right: 7px; }
.key.one::before { background: var(--free); } .key.other::before { background: var(--other); } .key.both::before { background: var(--both); }

.rule .count { min-width: 44px; font-size: 18px; font-weight: 650; font-variant-numeric: tabular-nums; }
.findings { list-style: none; padding: 0; }
.findings > li { padding: 9px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; } .findings > li .muted, .findings details { font-size: 13px; } .findings details { margin-top: 4px; color: var(--muted); }
#finding-matches { font-weight: 600; } #finding-csv { margin: 4px 0 14px; } #finding-matches:empty { display: none; }
details.free { margin-top: 14px; } details.free > summary { color: var(--muted); font-size: 14px; } details.free table { margin-top: 8px; }

button, input, select { font: inherit; color: inherit; }
input, select, .more, .pager button, .filters button { min-height: 38px; padding: 6px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); }
input, select { border-color: var(--control); } input::placeholder { color: var(--muted); opacity: 1; }
button { cursor: pointer; } .more { margin-top: 12px; } .more:hover, .pager button:hover, .filters button:hover { background: var(--hover); }
.filters { display: flex; flex-wrap: wrap; gap: 10px 12px; align-items: flex-end; margin-bottom: 14px; }
.filters label { display: grid; gap: 3px; min-width: 0; } .filters label > span { font-size: 13px; color: var(--muted); }
.filters .search { flex: 1 1 260px; } .filters select { max-width: 190px; width: 100%; } .search input { width: 100%; }
#license-search input { width: 260px; max-width: 100%; }
#people-matches { font-weight: 600; } #people-gaps { margin-bottom: 12px; }
#license-matches:not(:empty) { margin-bottom: 10px; font-weight: 600; }

.people th:first-child { width: 26%; } .people td details { display: inline-block; margin-left: 6px; } .people td details[open] { display: block; margin-left: 0; } .people td summary { color: var(--muted); font-size: 13px; } .people .person { font-weight: 600; } .people small { display: block; white-space: normal; }
.people thead button, .sortable thead button { border: 0; background: none; padding: 4px 0; font-weight: 500; color: var(--muted); white-space: nowrap; }
.people thead button:hover, .people th[aria-sort] button, .sortable thead button:hover, .sortable th[aria-sort] button { color: var(--text); }
.sortable .number button { text-align: right; } .sortable thead button { font-size: 13px; }
.arrow::after { content: "↕"; display: inline-block; width: 1.2em; text-align: center; opacity: 0.45; }
[aria-sort="ascending"] .arrow::after { content: "↑"; opacity: 1; } [aria-sort="descending"] .arrow::after { content: "↓"; opacity: 1; }
.people tbody tr:hover { background: var(--hover); }
.people tbody tr:focus-visible { outline-offset: -2px; background: var(--hover); }
.people th:first-child { padding-left: 6px; } .people td:last-child, .people th:last-child { padding-right: 6px; }
.people .held { width: 40%; min-width: 160px; } .people td:nth-child(2) { min-width: 96px; } .people .date { white-space: normal; } .people td:not(.held) bdi { overflow-wrap: break-word; } .people .number { width: 1%; } .line + .line { margin-top: 3px; }
.tag { display: inline-block; padding: 0 7px; border: 1px solid var(--line); border-radius: 999px; font-size: 12px; color: var(--muted); font-weight: 500; }
.pager { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: center; margin-top: 16px; }
.pager span { min-width: 170px; text-align: center; font-variant-numeric: tabular-nums; }
[aria-disabled="true"] { color: var(--muted); cursor: default; }
.keys, .fields { margin-top: 12px; font-size: 13px; text-align: center; }

@media screen and (scripting: enabled) { .licenses:not(.whole) .later { display: none; } }
/* A tablet has the tables, with less room between their columns. */
@media screen and (max-width: 900px) {
  .page { padding: 24px 16px 48px; } main { gap: 32px; } .card { padding: 16px; }
  .contents { margin: -16px; padding: 8px 0; } .contents ul { padding: 0 16px; }
  .figures { display: flex; flex-wrap: wrap; } .figure { flex: 1 1 calc(50% - 6px); min-width: min-content; } .figure.seats, .figure.cost { flex-basis: 100%; } .figure .value { font-size: 24px; }
  .facts { margin-left: 0; width: 100%; padding-left: 26px; } .rule .facts { padding-left: 26px; } .actions .facts { padding-left: 0; }
  .figures.in-3 .figure:not(.seats, .cost) { flex-basis: calc(33% - 8px); }
  .filters label, .filters select { flex: 1 1 40%; max-width: none; } .filters .search { flex: 1 1 100%; }
  #license-search, #license-search input { width: 100%; }
}
@media screen and (min-width: 601px) and (max-width: 900px) {
  html { scroll-padding-top: 84px; } .contents ul { flex-wrap: wrap; gap: 2px 20px; }
  .people th:not([aria-sort]) .arrow, .sortable th:not([aria-sort]) .arrow { display: none; }
  .licenses, .people, .plain { font-size: 13.5px; } .licenses th, .licenses td, .people th, .people td, .plain th, .plain td { padding-inline: 6px; }
  .licenses thead th, .people thead th, .plain thead th { white-space: normal; font-size: 12px; } .licenses thead button, .people thead button { white-space: normal; font-size: 12px; text-align: inherit; }
  .licenses tbody th { width: 26%; min-width: 130px; } .licenses td.utilization { width: 17%; } .gauge { flex-wrap: wrap; gap: 2px 8px; } .gauge > .bar { flex-basis: 100%; } .gauge > span:last-child { min-width: 0; }
  #purchases .plain .words { min-width: 64px; } #purchases .plain .product { min-width: 84px; } .product bdi { overflow-wrap: anywhere; }
  .people th:first-child { min-width: 150px; } .people .held { width: 32%; min-width: 140px; } .people td.date { white-space: normal; } .people th small { overflow-wrap: anywhere; } .arrow::after { width: 0.9em; }
}
@media screen and (max-width: 600px) {
  html { scroll-padding-top: 118px; } .contents.short ul { flex-wrap: wrap; gap: 2px 14px; } .contents.short a { font-size: 13px; }
  .licenses, .licenses tbody, .licenses tr, .licenses th, .licenses td, .people, .people thead, .people tbody, .people tr, .people th, .people td, .sortable thead, .cards, .cards tbody, .cards tr, .cards th, .cards td { display: block; width: auto; padding: 0; text-align: left; border: 0 !important; }
  .licenses:not(.sortable) thead, .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .licenses tbody tr { display: flex; flex-wrap: wrap; gap: 8px 6px; padding: 13px 0; }
  .licenses tr + tr, .people tbody tr + tr, .cards tbody tr + tr { border-top: 1px solid var(--line) !important; }
  .licenses tbody th, .licenses td.utilization { flex: 1 0 100%; width: auto; }
  .figures.in-3 .figure:not(.seats, .cost) { flex-basis: calc(50% - 6px); }
  .licenses td.number { flex: 1 0 calc(25% - 6px); font-size: clamp(13px, 3.7vw, 15px); } .licenses td sup a { padding: 0; } .licenses tbody .number::before { content: attr(data-heading); display: block; font-size: 12px; color: var(--muted); font-weight: 400; }
  /* Three figures, and in the second row what is available and, twice as wide, the cost. */
  .licenses.priced td.number { flex: 1 0 calc(33% - 6px); } .licenses.priced td.cost { flex: 2 0 calc(66% - 6px); }
  .people thead tr, .sortable thead tr { display: flex; flex-wrap: wrap; gap: 0 14px; padding-bottom: 8px; border-bottom: 1px solid var(--line) !important; }
  .people thead th:first-child, .people tbody th:first-child { width: auto; padding: 0; }
  .people thead button, .sortable thead button { min-height: 32px; }
  .people tbody tr, .cards tbody tr { padding: 12px 0; } .people td, .cards td { margin-top: 4px; display: grid; grid-template-columns: 84px minmax(0, 1fr); gap: 0 10px; } .people .held, .people td.number, .people td:last-child, .cards td:last-child { width: auto; padding: 0; white-space: normal; }
  .people td::before, .cards td::before { content: attr(data-heading); grid-row: 1 / 99; font-size: 13px; color: var(--muted); white-space: normal; }
  .saving th, .saving td { padding-inline: 4px; } .saving .value { font-size: 22px; }
  .people td > * { grid-column: 2; } .cards tbody th { font-weight: 600; } .cards .plain, .plain.cards th, .plain.cards td { white-space: normal; }
  .cards td { grid-template-columns: 112px minmax(0, 1fr); } .cards .day small { display: inline; }
  .costs, .costs tbody, .costs thead { display: block; } .costs thead tr { display: flex; justify-content: space-between; } .costs thead th { padding: 0 0 6px; } .costs tbody tr { display: grid; gap: 0 12px; grid-template-columns: minmax(0, 1fr) auto; padding: 8px 0; } .costs tbody th, .costs tbody td { padding: 0; border: 0 !important; } .costs tbody tr + tr { border-top: 1px solid var(--line); } .costs .compared { grid-column: 1 / -1; width: auto; margin-top: 2px; } .costs thead th:last-child:not(.number) { display: none; }
  .filters label, .filters select { flex: 1 1 100%; } .keys { display: none; }
  .pager span { order: -1; flex-basis: 100%; }
}
@media print {
  :root { --ground: #fff; --surface: #fff; --text: #000; --muted: #444; --line: #ccc; --track: #e6e6e6; --free: #3f7fd0; --nearly: #7a4a00; --nearly-fill: #d18b1f; --over: #a3201a; --good: #1c7a4b; --accent: #000; --warm: #fff; --warm-line: #444; --both: #5b3fa8; --other: #2f9c95; color-scheme: light; }
  body { font-size: 8.5pt; line-height: 1.35; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .page { max-width: none; padding: 0; } main { gap: 22px; } .card { padding: 10px 12px; border-radius: 6px; break-inside: auto; }
  .on-paper { display: block; }
  .contents, .filters, .pager, .keys, .more, .search, .arrow, .print-all, .on-screen, #finding-matches, footer { display: none !important; }
  /* A short print has the beginning of each list, so that it takes ten pages at most, and says so. */
  .page:has(#print-all:checked) .short-print, .page:not(:has(#print-all:checked)) .full-print { display: none; }
  .page:not(:has(#print-all:checked)) :is(main :is(ul, ol) > li:nth-child(n + 9), .findings > li:nth-child(n + 4), main .plain > tbody > tr:nth-child(n + 9), :is(#purchases, #workspaces) .plain > tbody > tr:nth-child(n + 6), #missing > h3:nth-of-type(n + 7), #missing > ul:nth-of-type(n + 7), .people th small:nth-of-type(n + 3), .people .date > small) { display: none; }
  .page:not(:has(#print-all:checked)) :is(main :is(ul, ol):has(> li:nth-child(9)), main .plain:has(> tbody > tr:nth-child(9)))::after { content: "Only the first 8 are printed."; display: block; font-size: 8pt; color: var(--muted); }
  .page:not(:has(#print-all:checked)) .findings.findings:has(> li:nth-child(4))::after { content: "Only the first 3 are printed."; display: block; font-size: 8pt; color: var(--muted); }
  .page:not(:has(#print-all:checked)) :is(#purchases, #workspaces) .plain:has(> tbody > tr:nth-child(6))::after { content: "Only the first 5 are printed."; font-size: 8pt; color: var(--muted); }
  .page:not(:has(#print-all:checked)) main .plain::after { display: table-caption !important; caption-side: bottom; text-align: left; }
  #missing:has(> h3:nth-of-type(7))::after { content: "Only the first 6 providers are printed."; }
  tr, li, .figure { break-inside: avoid; } h2, h3, summary { break-after: avoid; } thead { display: table-header-group; }
  .scroll { overflow: visible; } a { text-decoration: none; } details.card > summary::before { display: none; }
  th, td { padding: 5px 6px; } small, .muted, .status, .notes, thead th, .figure .note, .facts { font-size: 8pt; } .figure .value { font-size: 16pt; } h1 { font-size: 20pt; } h2 { font-size: 13pt; } h3 { font-size: 9.5pt; }
  .people th:first-child { min-width: 150px; } .people td:nth-child(2) { min-width: 70px; } .people .held { min-width: 150px; } .gauge > .bar { min-width: 40px; } .gauge > span:last-child { min-width: 52px; } .people thead button, .sortable thead button { padding: 0; color: inherit; font-size: inherit; }
  .licenses tbody th { width: 24%; min-width: 90px; } .licenses td.utilization { width: 14%; } .gauge { flex-wrap: wrap; gap: 0 6px; } .gauge > .bar { flex-basis: 100%; } .gauge > span:last-child { min-width: 0; } .licenses thead th { white-space: normal; } .licenses th, .licenses td { padding: 4px; }
  .plain th, .plain td { white-space: normal; } .plain .number, .plain .day { white-space: nowrap; } main .plain bdi { overflow-wrap: anywhere; } #purchases .plain .words { min-width: 0; } #purchases .plain td:last-child { min-width: 58px; }
  .columns { grid-template-columns: 1fr 1fr; } .saving .value { font-size: 15pt; } .actions li { padding-block: 6px; }
  details.card:not([open]) { padding: 6px 12px; }
}
@media screen and (prefers-reduced-motion: no-preference) { html:has(.contents a:focus) { scroll-behavior: smooth; } }
@media (forced-colors: active) { .track { fill: Canvas; stroke: CanvasText; } .free, .nearly-full, .over, .excess { fill: Highlight; } }
`
