// One of the folders, or a new one by its name.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { t } from '../i18n';
import { Field, Select, TextField } from '../kit/field';
import { foldersQuery } from './read';

const fresh = '\n'; // no folder is called that

interface Props {
  value: string;
  onChange: (folder: string) => void;
  first?: boolean;
  without?: string; // this folder and those within are not offered
}

export function FolderChoice({ value, onChange, first, without }: Props) {
  const folders = (useQuery(foldersQuery).data ?? []).filter(
    ({ path }) => !without || (path !== without && !path.startsWith(`${without}/`)),
  );
  const [making, setMaking] = useState(false);
  return (
    <div className="grid gap-4">
      <Field label={t('library.folder')}>
        {(ids) => (
          <Select
            {...ids}
            data-first={first || undefined}
            value={making ? fresh : value}
            onChange={(e) => {
              setMaking(e.target.value === fresh);
              onChange(e.target.value === fresh ? '' : e.target.value);
            }}
            options={[
              { value: '', label: t('library.noFolder') },
              ...folders.map(({ path }) => ({ value: path, label: path.replaceAll('/', ' / ') })),
              ...(value && !making && !folders.some(({ path }) => path === value) ? [{ value, label: value }] : []),
              { value: fresh, label: t('library.newFolder') },
            ]}
          />
        )}
      </Field>
      {making && (
        <TextField
          label={t('library.folderName')}
          hint={t('library.folderHint')}
          value={value}
          maxLength={400}
          autoFocus
          onChange={(e) => onChange(e.target.value)}
        />
      )}
    </div>
  );
}
