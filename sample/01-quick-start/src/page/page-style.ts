/** The style of the page, light and dark. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f5f6f8; --card: #fff; --line: #dfe3e8; --text: #1b232c; --muted: #556170; --code: #f0f2f5;
  --link: #0a58ca; --allowed: #11673a; --allowed-bg: #dff3e6; --refused: #a31621; --refused-bg: #fce4e4;
  --other: #5b4a00; --other-bg: #fbf0c9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161b; --card: #1a2027; --line: #303944; --text: #e8ecf1; --muted: #a5b1bf; --code: #12161b;
    --link: #8ab8ff; --allowed: #8fe3b0; --allowed-bg: #153524; --refused: #ffaaa9; --refused-bg: #461c20;
    --other: #f3dd8b; --other-bg: #3b330f;
  }
}
* { box-sizing: border-box; }
body {
  max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.25rem;
  background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif;
}
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.02em; }
h2 { margin: 0; font-size: 1.1rem; line-height: 1.3; }
h3 { margin: 0 0 0.35rem; font-size: 0.8rem; color: var(--muted); }
p { margin: 0.5rem 0; }
code, pre { font: 0.85em/1.55 ui-monospace, Consolas, monospace; overflow-wrap: anywhere; }
code { padding: 0.1em 0.35em; border-radius: 4px; background: var(--code); border: 1px solid var(--line); -webkit-box-decoration-break: clone; box-decoration-break: clone; }
a { color: var(--link); }
dl { margin: 1.25rem 0; display: grid; gap: 0.35rem; }
dl div { display: grid; grid-template-columns: 6rem 1fr; }
dt { color: var(--muted); }
dd { margin: 0; }
.actions { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem 1.25rem; }
button {
  padding: 0.55rem 1.2rem; border: 0; border-radius: 8px; background: var(--text); color: var(--page);
  font: inherit; font-weight: 600; cursor: pointer;
}
button:disabled { opacity: 0.55; cursor: progress; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
#summary { margin: 1rem 0 1.25rem; font-size: 1.1rem; font-weight: 600; }
article {
  margin: 0 0 1rem; padding: 1.1rem 1.25rem 1.25rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 12px;
}
.head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: start; gap: 0.5rem 1rem; }
.request { margin: 0.15rem 0 0; color: var(--muted); font-size: 0.9rem; }
.request b { color: var(--text); }
.expected { margin: 0.7rem 0 0; min-height: 1.5em; }
.verdict, #listed {
  margin: 0; padding: 0.2rem 0.8rem; border-radius: 99px; font-weight: 600;
  background: var(--other-bg); color: var(--other);
}
#listed { font-size: 0.85rem; padding: 0.1rem 0.6rem; white-space: nowrap; }
#listed[data-verdict='allowed'], [data-verdict='allowed'] .verdict { background: var(--allowed-bg); color: var(--allowed); }
#listed[data-verdict='refused'], [data-verdict='refused'] .verdict { background: var(--refused-bg); color: var(--refused); }
.answers { display: grid; grid-template-columns: 2fr 3fr; gap: 0.75rem; margin-top: 0.9rem; }
section { min-width: 0; display: flex; flex-direction: column; }
pre {
  flex: 1; margin: 0; padding: 0.7rem 0.85rem; min-height: 4.5rem; max-height: 18.5rem; overflow: auto;
  border-radius: 8px; background: var(--code); border: 1px solid var(--line); white-space: pre-wrap;
}
footer { margin-top: 1.5rem; color: var(--muted); font-size: 0.9rem; }
@media (max-width: 44rem) {
  .answers { grid-template-columns: 1fr; }
  pre { max-height: none; }
}
`;
