// No table yet: drop one, choose one, paste one, or see how one looks.
import { Download, FileSpreadsheet } from 'lucide-react';
import { t } from '../i18n';
import { Button } from '../kit/button';
import { Field } from '../kit/field';
import { FileDrop } from '../kit/file_drop';
import { save } from './kept_table';

interface Props {
  drop: string; // what the place for files says
  columns: string; // what may be in a table
  example: { name: string; text: string };
  accept?: string;
  onFile: (text: string, name: string) => void;
}

export function Begin({ drop, columns, example, accept = '.csv,.tsv,.txt,text/csv', onFile }: Props) {
  return (
    <>
      <FileDrop icon={FileSpreadsheet} text={drop} choose={t('import.choose')} accept={accept} onFile={onFile}>
        <Button icon={Download} onClick={() => save(example.text, example.name)}>
          {t('import.example')}
        </Button>
      </FileDrop>
      <Field label={t('import.paste')} hint={columns}>
        {(ids) => (
          <textarea
            {...ids}
            rows={5}
            onPaste={(e) => {
              e.preventDefault();
              onFile(e.clipboardData.getData('text'), '');
            }}
            onBlur={(e) => onFile(e.target.value, '')}
            className="w-full rounded-[9px] border border-control bg-surface px-3 py-2 font-mono text-sm"
          />
        )}
      </Field>
    </>
  );
}
