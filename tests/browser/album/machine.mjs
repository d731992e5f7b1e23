// The library, the system's health, the shell's own dialogs, signing in.
export async function machine(album) {
  await library(album);
  await system(album);
  await shell(album);
  const { page, visit } = album;
  await page.context().clearCookies();
  await visit('sign-in', '/sign-in', 'E-mail');
}

async function library({ call, visit }) {
  await visit('media-nothing', '/media?text=zebra', 'Nothing like that');
  const ids = (await call('GET', '/media')).items.slice(0, 2).map((file) => file.id);
  await call('POST', '/media/bulk', { ids, folder: 'Summer', add_tags: ['hill', 'summer'] });
  for (const path of ['Summer/Fair', 'Team']) await call('POST', '/media/folders', { path });
  await visit('media', '/media', 'Summer');
  await visit('media-folder', '/media?folder=Summer', 'Summer');
  await visit('media-folder-empty', '/media?folder=Team', 'Nothing in here yet');
}

async function system({ page, call, visit, shoot }) {
  await visit('system', '/system', 'Emergency stop', { full: true });
  await call('POST', '/system/hold', { why: 'A wrong price in the autumn sale' });
  await page.getByRole('button', { name: 'Release' }).waitFor();
  await shoot('system-held');
  await call('POST', '/system/release');
}

async function shell({ page, visit, shoot }) {
  await visit('calendar', '/calendar', 'Month');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await shoot('palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await shoot('shortcuts');
  await page.keyboard.press('Escape');
}
