// A person without a mouse: goes from thing to thing by Tab and arrows, and knows each by its name. Every press of a
// pointer is noted, so that a test can say that there was none.
import assert from 'node:assert/strict';

const farthest = 160; // presses until somebody gives up

// The name of what has the focus, nearly as a screen reader says it; with its role.
const nameOfFocus = () => {
  const e = document.activeElement;
  if (!e || e === document.body) return '';
  const told = (e.getAttribute('aria-labelledby') ?? '')
    .split(/\s+/)
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ');
  const labels = [...(e.labels ?? [])].map((label) => label.textContent).join(' ');
  const name = told.trim() || e.getAttribute('aria-label') || labels.trim() || e.textContent || e.title || e.value || '';
  const role = e.getAttribute('role') ?? e.tagName.toLowerCase();
  return `${role}: ${name.replace(/\s+/g, ' ').trim()}`;
};

export class Keyboard {
  constructor(page) {
    this.page = page;
  }
  static async of(page) {
    await page.context().addInitScript(() => {
      addEventListener('pointerdown', () => sessionStorage.setItem('pointer', 'used'), true);
    });
    return new Keyboard(page);
  }
  here() {
    return this.page.evaluate(nameOfFocus);
  }
  // Until the focus is on what is called so.
  async to(name, key = 'Tab') {
    const seen = [];
    for (let i = 0; i < farthest; i++) {
      const here = await this.here();
      if (name.test(here)) return here;
      seen.push(here);
      await this.page.keyboard.press(key);
    }
    return assert.fail(`${key} does not lead to ${name}; it leads to\n${[...new Set(seen)].join('\n')}`);
  }
  async press(name, key = 'Enter', by = 'Tab') {
    await this.to(name, by);
    await this.page.keyboard.press(key);
  }
  // Into a field that is called so; what stood there is replaced.
  async write(name, text) {
    await this.to(name);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }
  key(...keys) {
    return keys.reduce((before, key) => before.then(() => this.page.keyboard.press(key)), Promise.resolve());
  }
  async pointerWasUsed() {
    return (await this.page.evaluate(() => sessionStorage.getItem('pointer'))) === 'used';
  }
}
