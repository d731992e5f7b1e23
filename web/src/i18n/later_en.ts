// English words of screens that are loaded when they are opened: the first one does not wait for them.
import { fit } from './fit_en';
import { library } from './library_en';
import { people } from './people_en';
import { plans } from './plans_en';
import { system } from './system_en';
import { words } from './words_en';

export const later = { ...fit, ...library, ...people, ...plans, ...system, ...words } as const;
