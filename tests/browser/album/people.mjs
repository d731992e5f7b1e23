// Members, keys, the audit log; a proposal and who approves it; notices.
export async function people({ page, call, visit, shoot }) {
  await visit('notifications', '/notifications', 'Mark');
  await visit('members-alone', '/members', 'You are alone here');
  for (const [email, name, role] of [
    ['ben@example.com', 'Ben Okafor', 'editor'],
    ['mina@example.com', 'Mina Castellanos-Grünewald', 'viewer'],
  ])
    await call('POST', '/users', { email, name, role, password: 'seven quiet copper kettles' });
  await visit('members', '/members', '3 people');
  await page.getByRole('button', { name: /Invite/ }).first().click();
  await page.getByRole('dialog').waitFor();
  await shoot('members-invite');
  await page.keyboard.press('Escape');
  for (const tab of ['you', 'keys', 'audit']) {
    await page.goto(new URL(`/members?tab=${tab}`, page.url()).href);
    await page.locator('#main li, #main form').first().waitFor();
    await shoot(`members-${tab}`);
  }
}
