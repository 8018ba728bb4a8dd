/** Style sheet, third part: the page of a node, code, pictures, paper. */
export const STYLE_PAGE: string = String.raw`
.crumbs ol { display: flex; flex-wrap: wrap; color: var(--muted); font-size: 12.5px; }
.crumbs li + li::before { content: "/"; margin: 0 7px; color: var(--edge); }
h1 { font-size: 25px; line-height: 1.25; font-weight: 650; letter-spacing: -0.018em; overflow-wrap: anywhere; unicode-bidi: isolate; }
.page > header h1 { margin: 3px 0 9px; }
.badges { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; }
.badges .state { padding: 5px 9px; }
.page > .notice, .page > .prose, .page > .empty { margin-top: 16px; }
.page > .prose { font-size: 14.5px; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 244px), 1fr)); gap: 14px 24px; margin-top: 24px; padding: 16px 0 18px; border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
.facts dt { color: var(--muted); font-size: 12px; margin-bottom: 1px; }
.facts dd { overflow-wrap: anywhere; display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: baseline; font-size: 13.5px; }
.jump { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; gap: 2px 20px; padding: 12px 0 11px; background: var(--page); border-bottom: 1px solid var(--line); font-size: 13px; }
.jump:empty { display: none; }
.jump a { color: var(--soft); }
.jump a:hover { color: var(--accent); }
.page section { margin-top: 34px; }
.cards section { margin-top: 0; }
.page h2 { font-size: 15.5px; font-weight: 600; letter-spacing: -0.005em; margin-bottom: 12px; }
.page h3 { font-size: 13px; font-weight: 600; }
h2 .aside { font-size: 12.5px; font-weight: 400; margin-left: 8px; letter-spacing: 0; }

.columns { width: 100%; border-collapse: collapse; font-size: 13.5px; }
.columns thead th { text-align: left; font-size: 12px; font-weight: 500; color: var(--muted); padding: 0 18px 7px 0; border-bottom: 1px solid var(--line); }
.columns tbody th, .columns td { text-align: left; vertical-align: top; font-weight: 400; padding: 9px 18px 9px 0; border-bottom: 1px solid var(--line); }
.columns tbody th { width: 24%; min-width: 130px; }
.columns tbody th code { font-weight: 600; }
.columns td:nth-child(2) { width: 14%; }
.columns td .prose + .chip, .columns td .prose + .note { display: inline-block; margin-top: 3px; }
.columns td:nth-child(4) { width: 25%; padding-right: 0; }
.columns td .prose { font-size: 13.5px; }
.columns tr.is-found > * { animation: found 2.4s ease-out; }
@keyframes found { from { background: var(--mark); } }
.type { color: var(--muted); overflow-wrap: normal; }
.test { display: block; font-size: 12.5px; line-height: 1.5; overflow-wrap: anywhere; }
.test + .test { margin-top: 4px; }
.test > a { font-family: var(--mono); font-size: 12px; }
.arguments { color: var(--muted); font-size: 12px; }
.condition { display: inline-block; font-size: 11px; padding: 0 6px; border-radius: 4px; background: var(--warn-soft); color: var(--warn); }
.test .state { padding: 2px 6px; font-size: 11px; }
.test-list li { display: flex; align-items: baseline; gap: 9px; padding: 7px 0; border-bottom: 1px solid var(--line); }
.test-list .test { font-size: 13px; }
.relations { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 24px 36px; }
.relations h3 { margin-bottom: 6px; }
.link-list li { padding: 3px 0; font-size: 13.5px; }
.config { border-collapse: collapse; width: 100%; }
.config th, .config td { text-align: left; vertical-align: top; font-weight: 400; padding: 6px 24px 6px 0; border-bottom: 1px solid var(--line); }
.config th { width: 240px; color: var(--muted); }
.meta { background: var(--sunk); border: 1px solid var(--line); border-radius: var(--radius); padding: 9px 12px; overflow-x: auto; margin-top: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
.config + h3 { margin-top: 18px; }

.data + .data { margin-top: 22px; }
.data figcaption { font-weight: 600; font-size: 13px; margin-bottom: 7px; overflow-wrap: anywhere; }
.data figcaption .node-link { font-weight: 400; margin-left: 4px; }
.data .note { margin-top: 6px; }
.cells { border-collapse: collapse; font: 12px/1.5 var(--mono); }
.cells th, .cells td { text-align: left; white-space: pre; padding: 5px 16px 5px 10px; border: 1px solid var(--line); max-width: 420px; overflow: hidden; text-overflow: ellipsis; }
.cells th { background: var(--sunk); font-weight: 600; color: var(--soft); }
.cells td { background: var(--panel); }

.tabs { border: 1px solid var(--line); border-radius: 10px; overflow: hidden; background: var(--panel); }
.tab-row { display: flex; justify-content: space-between; align-items: center; gap: 12px; padding: 0 8px 0 6px; background: var(--sunk); border-bottom: 1px solid var(--line); }
.tab-row [role=tab] { border: 0; background: none; padding: 9px 10px 8px; font-size: 13px; color: var(--muted); border-bottom: 2px solid transparent; margin-bottom: -1px; }
.tab-row [role=tab][aria-selected=true] { color: var(--text); border-color: var(--accent); font-weight: 500; }
.copy { border: 1px solid var(--line); background: var(--panel); border-radius: 6px; padding: 2px 10px; font-size: 12px; color: var(--soft); }
.copy:hover { color: var(--accent); }
.tabs .notice { border-radius: 0; }
.code { overflow: auto; max-height: min(78vh, 900px); tab-size: 4; background: var(--panel); }
.code pre { display: flex; min-width: max-content; line-height: 1.6; padding: 12px 0; }
.code code { padding: 0 20px 0 14px; white-space: pre; overflow-wrap: normal; }
.gutter { position: sticky; left: 0; padding: 0 10px 0 14px; min-width: 46px; text-align: right; color: var(--edge); background: var(--panel); white-space: pre; user-select: none; }
.code b { font-weight: 400; }
.code .k { color: var(--accent); } .code .s { color: var(--source); } .code .n { color: var(--exposure); } .code .f { color: var(--snapshot); }
.code .c { color: var(--muted); font-style: italic; } .code .j { color: var(--macro); }

.viewer { position: relative; overflow: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); }
.viewer.is-live { overflow: hidden; }
.viewer svg { display: block; max-width: none; touch-action: pan-y; cursor: grab; }
.viewer.is-live svg { width: 100%; height: 100%; }
.viewer.is-dragged svg { cursor: grabbing; user-select: none; }
.edges path { fill: none; stroke: var(--edge); stroke-width: 1.3; }
.box rect { fill: var(--panel); stroke: var(--line); stroke-width: 1; }
.box rect { rx: 6px; }
.box circle { fill: var(--k); cx: 12px; cy: 14px; r: 4px; }
.box text { fill: var(--text); font: 11.5px var(--mono); }
.box:hover { text-decoration: none; }
.box rect { stroke: color-mix(in srgb, var(--k) 40%, var(--line)); }
.box:hover rect, .box:focus-visible rect { stroke: var(--k); stroke-width: 1.6; }
.box:focus-visible { outline: none; }
.box.is-centre rect { fill: color-mix(in srgb, var(--k) 13%, var(--panel)); stroke: var(--k); stroke-width: 1.6; }
.box.is-centre text { font-weight: 600; }
.box.is-fail rect { stroke: var(--fail); stroke-dasharray: 4 2; }
.has-lit .edges path, .has-lit .box { opacity: 0.22; transition: opacity 0.12s; }
.has-lit .edges path.is-lit { opacity: 1; stroke: var(--accent); stroke-width: 1.7; }
.has-lit .box.is-lit { opacity: 1; }
.viewer-bar { position: absolute; right: 10px; bottom: 10px; display: flex; border: 1px solid var(--line); border-radius: 7px; overflow: hidden; background: var(--panel); opacity: 0; transition: opacity 0.15s; }
.viewer:hover .viewer-bar, .viewer:focus-within .viewer-bar, .is-whole .viewer-bar { opacity: 1; }
.viewer-bar button { border: 0; background: none; min-width: 32px; height: 28px; font-size: 13px; color: var(--soft); }
.viewer-bar button + button { border-left: 1px solid var(--line); }
.viewer-bar button:hover { background: var(--sunk); color: var(--accent); }
.whole { display: flex; flex-direction: column; height: calc(100vh - 60px); min-height: 420px; }
.whole > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 6px 28px; margin-bottom: 14px; }
.whole .viewer { flex: 1; min-height: 0; }
.whole svg { touch-action: none; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; color: var(--muted); font-size: 12.5px; }
.legend li { display: inline-flex; align-items: baseline; gap: 6px; }
main:has(.whole:not([hidden])) { padding-bottom: 24px; }
@media (hover: none) { .viewer-bar { opacity: 1; } .viewer:not(.is-whole) .viewer-bar { display: none; } }
@media screen and (max-width: 860px) {
  html { scroll-padding-top: 112px; }
  .jump { top: 50px; flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; scrollbar-width: none; }
  .columns, .columns tbody, .columns tr, .columns th, .columns td { display: block; }
  .columns thead { display: none; }
  .columns tbody th, .columns td, .columns td:nth-child(n) { width: auto; padding: 2px 0; border: 0; }
  .columns tr { padding: 8px 0; border-bottom: 1px solid var(--line); }
  .columns td:empty { display: none; }
  .whole { height: calc(100vh - 110px); }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
@media print {
  :root { --page: #fff; --panel: #fff; --sunk: #fff; color-scheme: light; }
  .side, .bar, .jump, .viewer-bar, .skip, .tab-row, .gutter { display: none !important; }
  .frame { display: block; }
  main { padding: 0; }
  .page { max-width: none; }
  a { color: inherit; }
  .tabs, .viewer, .card { border-color: #ddd; break-inside: avoid; }
  .tabs { break-inside: auto; }
  [role=tabpanel][hidden] { display: block !important; border-top: 1px solid #ddd; }
  .code { max-height: none; overflow: visible; }
  .code pre { min-width: 0; }
  .code code { white-space: pre-wrap; overflow-wrap: anywhere; }
  .viewer { height: auto !important; }
  .viewer svg { width: 100%; height: auto; max-height: 24cm; }
  .whole { height: auto; }
  tr, .link-list li { break-inside: avoid; }
}
`;
