import { html, raw } from 'hono/html';
import encodeQR from 'qr';
import type { Html } from './layout.ts';

/** A picture of the link, for the phone's camera. Dark on light in both colour schemes, or cameras do not read it. */
export function qrCode(link: string, label: string): Html {
  const svg = encodeQR(link, 'svg', { ecc: 'medium', border: 4 });
  return html`<div class="qr" role="img" aria-label="${label}">${raw(svg.replace('<svg', '<svg aria-hidden="true"'))}</div>`;
}
