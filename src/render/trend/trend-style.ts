import { style } from '../page/style.ts'

/** The style of the report's page, and what only a trend has. */
export const trendStyle = `${style}
h2 small { margin-left: 6px; }
header .legend { margin: 0; }
.key.used::before { background: var(--free); }
.key.limit::before { height: 0; width: 16px; border-radius: 0; border-top: 2px dashed var(--over); vertical-align: 4px; }
.key.gap::before { display: none; }
.figures.of-trend { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); }
.figures.of-trend .figure.figure { grid-column: auto; }
.alert li ul { margin-top: 2px; } .alert li + li { margin-top: 6px; } .alert .status { margin: 0 4px; }

.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(330px, 100%), 1fr)); gap: 12px; }
.charts:has(details[open]) { align-items: start; }
.chart { display: flex; flex-direction: column; margin: 0 !important; min-width: 0; }
.chart .plot { margin-top: auto; padding-top: 10px; }
.chart figcaption { display: flex; gap: 12px; justify-content: space-between; }
.chart h3 { min-width: 0; overflow-wrap: anywhere; } .chart h3 small { display: block; }
.now { flex: none; text-align: right; } .now .last { display: block; font-size: 22px; line-height: 1.2; font-weight: 600; }
.last, .change { font-variant-numeric: tabular-nums; } .change { font-size: 13px; }
.plot { display: block; width: 100%; height: auto; margin: 10px 0 6px; overflow: visible; }
.plot .axis { stroke: var(--line); } .plot .bought { stroke: var(--over); stroke-dasharray: 4 3; opacity: 0.8; }
.plot .path { fill: none; stroke: var(--free); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.plot .area { fill: var(--free); opacity: 0.14; }
.plot .point { fill: var(--free); } .plot .above { fill: var(--over); }
.plot .plan line { stroke: var(--accent); stroke-dasharray: 2 2; } .plot .plan path { fill: var(--accent); }
.key.plan::before { width: 0; height: 0; border-radius: 0; background: none; border: 5px solid transparent; border-top-color: var(--accent); border-bottom: 0; }
.plot .label { fill: var(--muted); font-size: 10.5px; }
.figures-behind > summary { color: var(--muted); font-size: 13px; } .figures-behind table { font-size: 13px; }
.figures-behind th, .figures-behind td { padding-block: 4px; }

.lines { padding-block: 4px; }
.series + .series { border-top: 1px solid var(--line); }
.series > summary { display: grid; grid-template-columns: 12px minmax(0, 1fr) 180px 74px 92px; gap: 4px 14px; align-items: center; padding: 7px 0; list-style: none; }
.series > summary::-webkit-details-marker { display: none; }
.series > summary::before { content: ""; width: 7px; height: 7px; margin-left: 2px; border: solid var(--muted); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
.series[open] > summary::before { transform: rotate(45deg); }
.series > summary:hover h3 { color: var(--accent); }
.series h3 { min-width: 0; font-weight: 500; overflow-wrap: anywhere; }
.series .spark { width: 180px; height: 32px; margin: 0; }
.series .last, .series .change { text-align: right; }
.series[open] > summary h3 { font-weight: 650; }
.opened { margin-left: 26px; display: grid; grid-template-columns: minmax(0, 420px) minmax(0, 1fr); gap: 8px 32px; align-items: start; padding: 4px 0 16px; }
#snapshots th, #plans th { white-space: normal; } #snapshots th small, #plans th small, #plans td small { display: block; }
#plans .remarks { margin-top: 10px; }
#undrawn .card + .card { margin-top: 8px; } #undrawn ul { padding-left: 20px; overflow-wrap: anywhere; }

@media screen and (max-width: 900px) {
  .figures.of-trend .figure.figure { flex-basis: calc(33% - 8px); }
  .series > summary { grid-template-columns: 12px minmax(0, 1fr) 64px 80px; padding: 10px 0; } .series h3 { grid-column: 2 / -1; }
  .figures-behind table { font-size: 11.5px; } .figures-behind thead th { font-size: 11px; }
  .figures-behind tr > * { padding-inline: 3px; } .figures-behind tr > :first-child { padding-left: 0; } .figures-behind tr > :last-child { padding-right: 0; }
  .series .spark { grid-column: 2; width: 100%; max-width: 180px; } .series .spark .point { r: 4px; } .opened { margin-left: 0; grid-template-columns: minmax(0, 1fr); }
}
@media screen and (max-width: 600px) { .figures.of-trend .figure.figure { flex-basis: calc(50% - 6px); } }
@media print { .chart, .series { break-inside: avoid; } .figures-behind:not([open]) { display: none; } .series > summary { padding: 3px 0; } }
@media (forced-colors: active) {
  .plot .path { stroke: Highlight; } .plot .area { fill: none; } .plot .point { fill: Highlight; } .plot .plan line { stroke: var(--accent); stroke-dasharray: 2 2; } .plot .plan path { fill: var(--accent); }
.key.plan::before { width: 0; height: 0; border-radius: 0; background: none; border: 5px solid transparent; border-top-color: var(--accent); border-bottom: 0; }
.plot .label { fill: CanvasText; }
  .plot .axis, .plot .bought, .plot .plan line { stroke: CanvasText; } .plot .plan path { fill: CanvasText; }
}
`
