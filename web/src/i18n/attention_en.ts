// Words of what only the writer can answer: is it paid, does it hold, were the previews seen; and of cutting films.
// Part of en.ts.
export const attention = {
  'fix.insert': 'Add {mark}',
  'fix.confirm': 'Confirm',
  'fix.open_preview': 'Open preview',
  'confirm.policy_paid': 'It is not paid',
  'confirm.policy_claim': 'It holds',
  'confirm.policy_rights': 'I may show it',
  'cut.title': 'Cut for {name}',
  'cut.begin': 'Where it begins',
  'cut.piece': '{from} to {to} of {whole}',
  'cut.save': 'Make the copy',
} as const;
