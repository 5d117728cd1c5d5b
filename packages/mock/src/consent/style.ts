import { hash } from 'node:crypto';

/** The style of the consent page. All text has a contrast of at least 4.5 : 1, in light and in dark. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #eef1f5;
  --card: #ffffff;
  --line: #767f8d;
  --rule: #d5dae2;
  --text: #1b2330;
  --soft: #515c6d;
  --accent: #1f4fb0;
  --on-accent: #ffffff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10141a;
    --card: #1a2029;
    --line: #8a94a4;
    --rule: #3a4350;
    --text: #e9edf3;
    --soft: #aab4c3;
    --accent: #93b7ff;
    --on-accent: #0c1930;
  }
}
*, ::before, ::after { box-sizing: border-box; }
body {
  min-height: 100vh;
  margin: 0;
  padding: 1rem 0.75rem;
  background: var(--page);
  color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
header, main, footer { width: 100%; max-width: 26rem; margin-inline: auto; }
header, footer { padding: 0.25rem 0.5rem; color: var(--soft); font-size: 0.875rem; }
header p, footer p { margin: 0; }
main {
  margin-block: 0.5rem;
  padding: 1.25rem;
  background: var(--card);
  border: 1px solid var(--rule);
  border-radius: 1.25rem;
}
main > :last-child { margin-bottom: 0; }
h1 { margin: 0 0 0.75rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 1.5rem 0 0.5rem; font-size: 1rem; }
code { font-size: 0.9375em; }
.soft { color: var(--soft); }
fieldset { min-width: 0; margin: 0 0 1rem; padding: 0; border: 0; }
legend { margin-bottom: 0.25rem; padding: 0; font-weight: 600; }
label { display: flex; gap: 0.75rem; padding: 0.625rem 0; border-top: 1px solid var(--rule); cursor: pointer; }
label small, li small { display: block; color: var(--soft); font-size: 0.875rem; }
input { flex: none; width: 1.25rem; height: 1.25rem; margin: 0.125rem 0 0; accent-color: var(--accent); }
ul { margin: 0; padding-left: 1.25rem; }
.actions { display: flex; flex-wrap: wrap; gap: 0.75rem; }
button {
  flex: 1 1 8rem;
  min-height: 2.75rem;
  padding: 0.5rem 1rem;
  border: 1px solid var(--line);
  border-radius: 0.75rem;
  background: transparent;
  color: inherit;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
button.first { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; }
`;

/** Allows only this style and forms to the mock: no scripts, no external resources, no frames. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', style, 'base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
