// Every word of the page comes through here. A message is a text with {names}, or a pair for one and several.
// Languages other than English are loaded only when they are used.
import { Fragment, createElement, useSyncExternalStore, type ReactNode } from 'react';
import { recall, remember } from '../kit/remembered';
import { en } from './en';
import type { later } from './later_en';

export type Message = string | { one: string; other: string };
type English = typeof en & typeof later;
export type Messages = Record<keyof English, Message>;
export type Key = keyof English;

type Names<S> = S extends `${string}{${infer P}}${infer Rest}` ? P | Names<Rest> : never;
type TextOf<K extends Key> = English[K] extends { other: infer S } ? S : English[K];
type Args<K extends Key, V> = [Names<TextOf<K>>] extends [never] ? [] : [Record<Names<TextOf<K>>, V>];

const loaders: Record<string, () => Promise<Messages>> = {
  de: () => import('./de').then((m) => m.de),
};
export const languages = [
  { code: 'en', name: 'English' },
  { code: 'de', name: 'Deutsch' },
];

const storageKey = 'carillon.language';
let code = 'en';
let english = en as unknown as Messages; // without those of later screens, until they are asked for
let messages: Messages = english;
let plurals = new Intl.PluralRules('en');
const listeners = new Set<() => void>();

function wanted(): string {
  const all = [recall(storageKey), ...navigator.languages].filter((x): x is string => !!x);
  for (const tag of all) {
    const base = tag.toLowerCase().split('-')[0]!;
    if (base === 'en' || base in loaders) return base;
  }
  return 'en';
}

// Before a screen that is not among the first ones.
export async function laterWords() {
  const all = { ...en, ...(await import('./later_en')).later } as Messages;
  if (messages === english) messages = all;
  english = all;
}

async function use(next: string) {
  messages = next === 'en' ? english : await loaders[next]!();
  code = next;
  plurals = new Intl.PluralRules(next);
  document.documentElement.lang = next;
  listeners.forEach((listener) => listener());
}

export const startLanguage = () => use(wanted()).catch(() => use('en'));

export function chooseLanguage(next: string) {
  remember(storageKey, next);
  void use(next);
}

export function useLanguage(): string {
  return useSyncExternalStore(
    (listener) => (listeners.add(listener), () => listeners.delete(listener)),
    () => code,
  );
}

// For Intl: the viewer's own regional form of the page's language where they have one (en-GB, de-AT).
export function locale(): string {
  return navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === code) ?? code;
}

function text(key: Key, values: Record<string, unknown> | undefined): string {
  const message = messages[key];
  if (typeof message === 'string') return message;
  return plurals.select(Number(values?.n ?? 0)) === 'one' ? message.one : message.other;
}

export function t<K extends Key>(key: K, ...args: Args<K, string | number>): string {
  const values = args[0] as Record<string, string | number> | undefined;
  return text(key, values).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values?.[name];
    return typeof value === 'number' ? number(value) : String(value ?? '');
  });
}

// The same with elements in the places of the names.
export function tx<K extends Key>(key: K, ...args: Args<K, ReactNode>): ReactNode {
  const values = args[0] as Record<string, ReactNode> | undefined;
  const pieces = text(key, values).split(/\{(\w+)\}/);
  return createElement(Fragment, null, ...pieces.map((piece, i) => (i % 2 ? createElement(Fragment, { key: i }, values?.[piece]) : piece)));
}

// A key that is put together from a server word ("state.delivered"): the word itself when no text is known.
export function tWord(group: string, word: string): string {
  const message = (messages as Record<string, Message>)[`${group}.${word}`];
  return typeof message === 'string' ? message : word.replaceAll('_', ' ');
}

export const number = (value: number) => new Intl.NumberFormat(locale()).format(value);
export const list = (items: string[]) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items);
