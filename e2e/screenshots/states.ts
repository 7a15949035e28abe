import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pngQuantize } from '@napi-rs/image';
import { expect, test } from '@playwright/test';
import { close, type Launched, launch, root, temporaryFolder } from '../launch';
import { STATES } from '../states';

/** Twelve states of the window, light and dark, in 256 colours: small files, to be looked at. */
const folder = process.env['CONVLOOM_STATES'] ?? join(root, 'docs', 'pictures', 'states');
mkdirSync(folder, { recursive: true });
const [width, height] = (process.env['CONVLOOM_SIZE'] ?? '1440x900').split('x').map(Number) as [
  number,
  number,
];

for (const theme of ['light', 'dark'] as const) {
  test(`the states, ${theme}`, async () => {
    test.setTimeout(400_000);
    const userData = temporaryFolder('states');
    writeFileSync(join(userData, 'settings.json'), JSON.stringify({ theme }));
    const it: Launched = await launch({ userData });
    try {
      await it.app.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
        [width, height] as const,
      );
      await expect(it.page.locator('.device')).toContainText('CPU');
      await it.page.waitForTimeout(600);
      for (const { name, show, leave } of STATES) {
        await show(it);
        await it.page.waitForTimeout(700);
        const png = await it.page.screenshot();
        writeFileSync(join(folder, `${name}-${theme}.png`), await pngQuantize(png, { maxQuality: 95 }));
        await leave?.(it);
      }
    } finally {
      await close(it);
    }
  });
}
