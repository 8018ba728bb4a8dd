/** Style sheet, first part: colours, type, what every page has. */
export const STYLE_BASE: string = String.raw`
:root {
  color-scheme: light dark;
  --page: #fbfbfa; --panel: #ffffff; --sunk: #f4f4f2; --line: #e6e5e1; --edge: #c3c6cb;
  --text: #1d2127; --soft: #434a54; --muted: #656d78; --accent: #2059a8; --accent-soft: #e8f0fa; --mark: #ffe9a8;
  --ok: #1c7a43; --ok-soft: #e4f4ea; --warn: #8a5a00; --warn-soft: #fdf1d9; --fail: #b3261e; --fail-soft: #fdeae8; --idle-soft: #ededea;
  --source: #237a4b; --seed: #66700f; --model: #2f6db5; --snapshot: #8450b5; --exposure: #b0560f; --test: #6b7280; --macro: #b13f72; --metric: #107f8a; --analysis: #80632f;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  --radius: 7px;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #131519; --panel: #1a1d23; --sunk: #16191e; --line: #2b2f37; --edge: #474d58;
    --text: #e5e7eb; --soft: #c0c5ce; --muted: #979fab; --accent: #84b4f0; --accent-soft: #1d2b3f; --mark: #5c4a12;
    --ok: #6fcf97; --ok-soft: #17301f; --warn: #e6b455; --warn-soft: #33280f; --fail: #f28b82; --fail-soft: #3a1b19; --idle-soft: #262a31;
    --source: #5fbf8a; --seed: #b5bf55; --model: #6ea6ea; --snapshot: #b48ae0; --exposure: #e8955a; --test: #9aa2ae; --macro: #e07aa8; --metric: #4fbcc7; --analysis: #c9a66b;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { scroll-padding-top: 64px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.55 var(--sans); -webkit-font-smoothing: antialiased; }
[hidden] { display: none !important; }
h1, h2, h3, h4, h5, h6, p, ul, ol, dl, dd, figure, pre, blockquote { margin: 0; padding: 0; }
ul, ol { list-style: none; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; text-underline-offset: 2px; }
button, input { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
main:focus-visible, h1:focus-visible { outline: none; }
code, pre, .mono { font-family: var(--mono); font-size: 12.5px; font-variant-ligatures: none; }
code { overflow-wrap: anywhere; unicode-bidi: isolate; }
kbd { font: 11px/1 var(--mono); color: var(--muted); border: 1px solid var(--line); border-radius: 4px; padding: 3px 6px; background: var(--sunk); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: fixed; left: 12px; top: -60px; z-index: 9; background: var(--panel); border: 1px solid var(--line); border-radius: var(--radius); padding: 8px 12px; }
.skip:focus { top: 12px; }
.note { color: var(--muted); font-size: 12.5px; }
.empty { color: var(--muted); font-style: italic; }
.count { color: var(--muted); font-size: 11.5px; font-weight: 400; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
.null { color: var(--muted); }

.k-source { --k: var(--source); } .k-seed { --k: var(--seed); } .k-model { --k: var(--model); } .k-snapshot { --k: var(--snapshot); }
.k-exposure { --k: var(--exposure); } .k-test, .k-unit_test, .k-operation { --k: var(--test); } .k-macro, .k-function { --k: var(--macro); }
.k-metric, .k-semantic_model, .k-saved_query { --k: var(--metric); } .k-analysis { --k: var(--analysis); }
.dot { display: inline-block; flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--k, var(--muted)); }
.k-source > .dot { border-radius: 2px; } .k-exposure > .dot { border-radius: 50% 50% 50% 0; }
.k-test > .dot, .k-unit_test > .dot { background: none; border: 1.5px solid var(--k); }

.node-link { display: inline-flex; align-items: baseline; gap: 7px; min-width: 0; color: var(--text); }
.node-link > span { overflow-wrap: anywhere; unicode-bidi: isolate; }
a.node-link:hover > span { color: var(--accent); }
.state { display: inline-flex; align-items: center; gap: 4px; font-size: 11.5px; line-height: 1; padding: 3px 7px; border-radius: 20px; white-space: nowrap; background: var(--idle-soft); color: var(--soft); }
.state::before { content: "\2013"; font-weight: 700; }
.state.is-ok { background: var(--ok-soft); color: var(--ok); } .state.is-ok::before { content: "\2713"; }
.state.is-warn { background: var(--warn-soft); color: var(--warn); } .state.is-warn::before { content: "!"; }
.state.is-fail { background: var(--fail-soft); color: var(--fail); } .state.is-fail::before { content: "\2717"; }
.badge { font-size: 11.5px; line-height: 1; padding: 4px 8px; border-radius: 20px; border: 1px solid var(--line); color: var(--soft); background: var(--panel); white-space: nowrap; }
.badge.is-kind { border-color: color-mix(in srgb, var(--k) 35%, transparent); color: var(--k); background: color-mix(in srgb, var(--k) 9%, var(--panel)); font-weight: 600; }
.badge.is-warn { color: var(--warn); background: var(--warn-soft); border-color: transparent; }
.badge.is-ok { color: var(--ok); background: var(--ok-soft); border-color: transparent; }
.chip { display: inline-block; font-size: 11.5px; line-height: 1.3; padding: 1px 7px; border-radius: 4px; background: var(--idle-soft); color: var(--soft); }
.notice { padding: 10px 14px; border-radius: var(--radius); background: var(--warn-soft); color: var(--warn); overflow-wrap: anywhere; white-space: pre-line; }

.prose { max-width: 74ch; overflow-wrap: break-word; color: var(--soft); }
.prose > * + * { margin-top: 0.75em; }
.prose ul, .prose ol { padding-left: 1.4em; list-style: revert; }
.prose li + li { margin-top: 0.2em; }
.prose strong { color: var(--text); font-weight: 600; }
.prose code { background: var(--idle-soft); padding: 1px 5px; border-radius: 4px; font-size: 0.88em; }
.prose a code { color: inherit; }
.page .prose h3, .page .prose h4, .page .prose h5, .page .prose h6 { color: var(--text); font-size: 14px; font-weight: 600; margin-top: 1.5em; }
.page .prose h3 { font-size: 20px; letter-spacing: -0.015em; } .page .prose h4 { font-size: 15.5px; }
.page .prose > :first-child { margin-top: 0; }
.prose blockquote { border-left: 3px solid var(--line); padding-left: 14px; color: var(--muted); }
.prose hr { border: 0; border-top: 1px solid var(--line); }
.prose table { border-collapse: collapse; }
.prose th, .prose td { text-align: left; vertical-align: top; padding: 5px 16px 5px 0; border-bottom: 1px solid var(--line); }
.prose th { font-weight: 600; font-size: 12.5px; color: var(--muted); }
.prose-code { background: var(--sunk); border: 1px solid var(--line); border-radius: var(--radius); padding: 10px 12px; overflow-x: auto; }
.prose .prose-code code { background: none; padding: 0; }
`;
