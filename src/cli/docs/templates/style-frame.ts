/** Style sheet, second part: the sidebar, the search, the overview. */
export const STYLE_FRAME: string = String.raw`
.frame { display: grid; grid-template-columns: 304px minmax(0, 1fr); }
.bar { display: none; }
.side { position: sticky; top: 0; height: 100vh; height: 100dvh; display: flex; flex-direction: column; background: var(--sunk); border-right: 1px solid var(--line); min-width: 0; }
.brand { padding: 20px 18px 12px; }
.brand a { font-size: 15.5px; font-weight: 650; letter-spacing: -0.01em; color: var(--text); overflow-wrap: anywhere; }
.brand p { color: var(--muted); font-size: 12.5px; }
.brand b { font-weight: 600; color: var(--soft); }
.search { position: relative; padding: 0 14px 10px; }
.search input { width: 100%; height: 34px; padding: 0 34px 0 12px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--panel); }
.search input::placeholder { color: var(--muted); }
.search input:focus { outline: 2px solid var(--accent); outline-offset: -1px; border-color: transparent; }
.search input::-webkit-search-cancel-button { appearance: none; }
.search kbd { position: absolute; right: 22px; top: 8px; pointer-events: none; }
.search input:focus + kbd { display: none; }
.browse, .results { flex: 1; min-height: 0; overflow-y: auto; padding: 2px 10px 18px; scrollbar-width: thin; overscroll-behavior: contain; }
.places { display: grid; grid-template-columns: 1fr 1fr; gap: 4px; padding: 0 4px 10px; }
.places a { padding: 6px 10px; border-radius: 6px; color: var(--soft); font-weight: 500; text-align: center; border: 1px solid var(--line); background: var(--panel); font-size: 13px; }
.places a:hover { text-decoration: none; color: var(--accent); }
.places a[aria-current] { background: var(--accent-soft); color: var(--accent); border-color: transparent; }
.switch { display: flex; gap: 14px; padding: 6px 8px 4px; border-top: 1px solid var(--line); margin: 0 4px; }
.switch button { border: 0; background: none; padding: 4px 0; font-size: 12px; color: var(--muted); border-bottom: 2px solid transparent; }
.switch button[aria-pressed=true] { color: var(--text); border-color: var(--accent); font-weight: 600; }
.tree { font-size: 13px; }
.tree ul ul { margin-left: 9px; padding-left: 7px; border-left: 1px solid var(--line); }
.tree summary { display: flex; align-items: baseline; gap: 6px; padding: 3px 8px 3px 4px; border-radius: 5px; cursor: pointer; color: var(--soft); list-style: none; font-weight: 500; }
.tree summary::-webkit-details-marker { display: none; }
.tree summary::before { content: ""; flex: none; width: 5px; height: 5px; margin: 0 4px 2px 3px; border-right: 1.5px solid var(--muted); border-bottom: 1.5px solid var(--muted); transform: rotate(-45deg); transition: transform 0.12s; }
.tree details[open] > summary::before { transform: rotate(45deg); }
.tree summary > span:first-child { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.tree summary:hover, .tree .node-link:hover { background: var(--idle-soft); }
.tree li > .node-link { display: flex; padding: 3px 8px; border-radius: 5px; color: var(--soft); }
.tree .node-link:hover { text-decoration: none; }
.tree .node-link > .dot { width: 7px; height: 7px; transform: translateY(-1px); }
.tree .node-link[aria-current] { background: var(--accent-soft); color: var(--text); font-weight: 500; }
.side footer { display: flex; justify-content: space-between; gap: 8px; padding: 9px 18px; border-top: 1px solid var(--line); color: var(--muted); font-size: 11.5px; }

.results > .note { padding: 2px 8px 6px; }
.results li { border-radius: 6px; }
.results li[aria-selected=true] { background: var(--accent-soft); }
.results a { display: grid; grid-template-columns: auto minmax(0, 1fr); column-gap: 9px; align-items: baseline; padding: 6px 9px; color: var(--text); }
.results a:hover { text-decoration: none; }
.results .name { font-weight: 500; overflow-wrap: anywhere; line-height: 1.35; }
.results .note { grid-column: 2; font-size: 12px; line-height: 1.4; overflow: hidden; text-overflow: ellipsis; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow-wrap: anywhere; }

main { min-width: 0; padding: 30px 44px 80px; }
.page { max-width: 1080px; margin: 0 auto; }
.counts { display: flex; flex-wrap: wrap; gap: 6px 34px; padding-bottom: 22px; margin-bottom: 26px; border-bottom: 1px solid var(--line); }
.counts li { display: grid; }
.counts b { font-size: 22px; line-height: 1.25; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.counts span { display: inline-flex; align-items: baseline; gap: 6px; color: var(--muted); font-size: 12.5px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 18px; margin-top: 34px; align-items: start; }
.card { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; min-width: 0; }
.card h2 { font-size: 13px; font-weight: 600; margin-bottom: 12px; }
.share { display: grid; grid-template-columns: 1fr auto; gap: 3px 8px; align-items: baseline; }
.share + .share { margin-top: 12px; }
.share progress { grid-column: 1 / -1; width: 100%; height: 6px; appearance: none; border: 0; border-radius: 3px; background: var(--idle-soft); overflow: hidden; }
.share progress::-webkit-progress-bar { background: var(--idle-soft); }
.share progress::-webkit-progress-value { background: var(--accent); border-radius: 3px; }
.share progress::-moz-progress-bar { background: var(--accent); border-radius: 3px; }
.results .state, .card .results .state { margin-right: 2px; }
p.results { overflow: visible; padding: 0 0 12px; display: flex; flex-wrap: wrap; gap: 6px; }
.plain { width: 100%; border-collapse: collapse; font-size: 13px; }
.plain th { text-align: left; font-weight: 500; color: var(--muted); font-size: 12px; padding: 0 12px 6px 0; }
.plain td { padding: 5px 12px 5px 0; border-top: 1px solid var(--line); vertical-align: baseline; }
.plain .tight { white-space: nowrap; font-variant-numeric: tabular-nums; }
.plain th:last-child, .plain td:last-child { padding-right: 0; }
.summaries li + li { margin-top: 12px; padding-top: 12px; border-top: 1px solid var(--line); }
.summaries p { color: var(--soft); font-size: 13px; margin-top: 2px; }

@media screen and (max-width: 860px) {
  .frame { display: block; }
  .bar { position: sticky; top: 0; z-index: 4; display: flex; align-items: center; gap: 12px; height: 50px; padding: 0 16px; background: var(--panel); border-bottom: 1px solid var(--line); }
  .bar button { border: 1px solid var(--line); background: var(--sunk); border-radius: 6px; padding: 4px 10px; font-size: 13px; }
  .bar a { font-weight: 600; color: var(--text); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .side { display: none; position: fixed; z-index: 3; inset: 50px 0 0 0; height: auto; width: min(340px, 100%); box-shadow: 0 12px 40px rgb(0 0 0 / 0.25); }
  .has-menu .side { display: flex; }
  .brand { display: none; }
  .search { padding-top: 14px; }
  .search kbd { display: none; }
  main { padding: 20px 16px 60px; }
}
`;
