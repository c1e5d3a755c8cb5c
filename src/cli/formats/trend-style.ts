/** The only style of the page: light and dark, from 360 pixels on, and on paper. */
export const trendStyle = `
:root { color-scheme: light dark; --ground: #f5f6f8; --surface: #fff; --text: #1b2027; --muted: #59636f; --line: #dfe3e8;
  --series: #1d5fb8; --full: #b3261e; --warm: #fff6e5; --warm-line: #e8c078; }
@media (prefers-color-scheme: dark) { :root { --ground: #12151a; --surface: #1a1f26; --text: #e7eaee; --muted: #a2adba;
  --line: #2e3640; --series: #8ab8f5; --full: #ff8a80; --warm: #2a2315; --warm-line: #7a5d22; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
.page { max-width: 1180px; margin: 0 auto; padding: 40px 24px 64px; }
h1, h2, h3, p, figure { margin: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.015em; }
h2 { font-size: 20px; margin: 36px 0 14px; }
h3 { font-size: 15px; font-weight: 600; overflow-wrap: anywhere; }
.muted { color: var(--muted); }
.alert { background: var(--warm); border: 1px solid var(--warm-line); border-radius: 12px; padding: 14px 20px; margin-top: 24px; overflow-wrap: anywhere; }
.alert h2 { margin: 0 0 4px; font-size: 16px; }
ul { margin: 0; padding-left: 20px; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr)); gap: 12px; }
figure { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 16px 18px; min-width: 0; }
figcaption { display: flex; gap: 12px; justify-content: space-between; align-items: baseline; }
.last { font-size: 20px; font-weight: 600; font-variant-numeric: tabular-nums; }
svg { display: block; width: 100%; height: auto; margin: 10px 0 4px; }
.axis { stroke: var(--line); stroke-width: 1; }
.full { stroke: var(--full); stroke-width: 1; stroke-dasharray: 4 3; }
.line { fill: none; stroke: var(--series); stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.point { fill: var(--series); }
.label { fill: var(--muted); font-size: 10px; }
summary { cursor: pointer; color: var(--muted); font-size: 13px; }
summary:focus-visible { outline: 2px solid var(--series); outline-offset: 2px; border-radius: 4px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 13px; width: 100%; margin-top: 6px; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 3px 6px; border-bottom: 1px solid var(--line); font-weight: 400; white-space: nowrap; }
th:first-child { text-align: left; } thead th { color: var(--muted); }
footer { margin-top: 40px; font-size: 13px; }
@media print { body { background: none; } figure { break-inside: avoid; } }
`
