// Wörter für das, was nur der Schreibende weiß: ist es bezahlt, stimmt es, sind die Vorschauen angesehen; und für das
// Kürzen von Filmen. Teil von de.ts.
export const attention = {
  'fix.insert': '{mark} einfügen',
  'fix.confirm': 'Bestätigen',
  'fix.open_preview': 'Vorschau öffnen',
  'confirm.policy_paid': 'Es ist nicht bezahlt',
  'confirm.policy_claim': 'Es stimmt',
  'confirm.policy_rights': 'Ich darf es zeigen',
  'cut.title': 'Für {name} kürzen',
  'cut.begin': 'Wo es beginnt',
  'cut.piece': '{from} bis {to} von {whole}',
  'cut.save': 'Kopie machen',
};
