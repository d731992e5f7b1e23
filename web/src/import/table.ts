// A table as text and as cells: enough of CSV (RFC 4180) to mend a cell and send the table again. What it means is
// the server's business.
export interface Row {
  line: number; // of the text, from 1
  cells: string[];
}
export interface Table {
  header: string[];
  rows: Row[];
}

function separatorOf(text: string): string {
  const first = text.replace(/"[^"]*"/g, '').split(/\r|\n/, 1)[0]!;
  const count = (c: string) => first.split(c).length;
  return [',', ';', '\t'].reduce((best, c) => (count(c) > count(best) ? c : best));
}

export function parseTable(text: string): Table {
  const source = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(source);
  const rows: Row[] = [];
  let row: Row = { line: 1, cells: [] };
  let cell = '';
  let line = 1;
  const endRow = () => {
    row.cells.push(cell);
    if (row.cells.some((c) => c.trim())) rows.push(row);
    cell = '';
  };
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (c === '"' && cell === '') {
      for (i++; i < source.length; i++) {
        if (source[i] === '\n') line++;
        if (source[i] !== '"') cell += source[i];
        else if (source[i + 1] === '"') cell += source[i++];
        else break;
      }
    } else if (c === separator) {
      row.cells.push(cell);
      cell = '';
    } else if (c === '\n' || c === '\r') {
      if (c === '\r' && source[i + 1] === '\n') i++;
      endRow();
      row = { line: ++line, cells: [] };
    } else cell += c;
  }
  if (cell || row.cells.length) endRow();
  const [head, ...rest] = rows;
  return { header: head?.cells ?? [], rows: rest };
}

const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const record = (cells: string[]) => cells.map(field).join(',') + '\r\n';
export const tableText = (table: Table) => [table.header, ...table.rows.map((r) => r.cells)].map(record).join('');

const names: Record<string, string[]> = {
  text: ['text', 'post', 'message', 'caption'],
  accounts: ['accounts', 'account', 'to', 'targets'],
  at: ['at', 'local', 'when', 'scheduled', 'due', 'date'],
  zone: ['zone', 'timezone', 'time zone', 'tz'],
  link: ['link', 'url', 'profile'],
  person: ['person', 'name', 'who', 'to'],
  kind: ['kind', 'what', 'type'],
  note: ['note', 'text', 'message'],
  state: ['state', 'status'],
};
// Where a column stands that the server speaks of; -1: the table has none.
export const placeOf = (table: Table, column: string) =>
  table.header.findIndex((name) => (names[column] ?? [column]).includes(name.trim().toLowerCase()));

export function withCell(table: Table, line: number, column: string, text: string): Table {
  let place = placeOf(table, column);
  let header = table.header;
  if (place < 0) {
    place = header.length;
    header = [...header, column];
  }
  const rows = table.rows.map((row) => {
    if (row.line !== line) return row;
    const cells = Array.from({ length: Math.max(row.cells.length, place + 1) }, (_, i) => row.cells[i] ?? '');
    cells[place] = text;
    return { ...row, cells };
  });
  return { header, rows };
}
