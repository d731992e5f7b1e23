// English words of what is behind the door: the first screen does not wait for them.
import { approval } from './approval_en';
import { attention } from './attention_en';
import { audit } from './audit_en';
import { calendar } from './calendar_en';
import { campaigns } from './campaigns_en';
import { fit } from './fit_en';
import { library } from './library_en';
import { people } from './people_en';
import { planning } from './planning_en';
import { plans } from './plans_en';
import { shell } from './shell_en';
import { system } from './system_en';
import { words } from './words_en';

export const later = {
  ...approval,
  ...attention,
  ...audit,
  ...calendar,
  ...campaigns,
  ...fit,
  ...library,
  ...people,
  ...planning,
  ...plans,
  ...shell,
  ...system,
  ...words,
} as const;
