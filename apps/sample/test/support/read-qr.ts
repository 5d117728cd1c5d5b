import type { Page } from 'playwright-core';
import decodeQR from 'qr/decode.js';

/** What a phone's camera would read from the code on a page. */
export async function readQr(page: Page): Promise<string> {
  const png = await page.getByRole('img', { name: /QR code/ }).screenshot();
  const context = await page.context().browser()?.newContext();
  if (!context) throw new Error('the browser is gone');
  const other = await context.newPage(); // one whose policy lets a picture be read
  const picture = await other.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas?.drawImage(bitmap, 0, 0);
    return { width, height, data: Array.from(canvas?.getImageData(0, 0, width, height).data ?? []) };
  }, png.toString('base64'));
  await context.close();
  return decodeQR({ ...picture, data: Uint8ClampedArray.from(picture.data) });
}
