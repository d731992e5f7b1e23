// Copies that fit: asked of the server, waited for, and put in place. A picture is there at once; a film takes minutes
// and says how far it is.
import type { QueryClient } from '@tanstack/react-query';
import type { components } from '#contract';
import { api, ask, type Finding, type MediaFile } from '../api/client';

export type Wish = components['schemas']['DerivativeWish'];
export type Repair = NonNullable<Finding['repair']>;

export class Stopped extends Error {}

interface Watch {
  onBegun?: (id: string) => void; // it takes a while
  onProgress?: (share: number) => void;
}

// The stream of events wakes whoever waits for a conversion (api/live.ts reads it again); a look every second is for a
// stream that is broken.
const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));

export async function makeCopy(media: string, wish: Wish, { onBegun, onProgress }: Watch = {}): Promise<MediaFile> {
  let conversion = await ask(api.POST('/api/v1/media/{id}/derivatives', { params: { path: { id: media } }, body: wish }));
  if (conversion.made) return conversion.made;
  const path = { id: conversion.id };
  onBegun?.(conversion.id);
  for (;;) {
    onProgress?.(conversion.share);
    if (conversion.state === 'done' && conversion.made) return conversion.made;
    if (conversion.state === 'canceled') throw new Stopped();
    if (conversion.fault) throw new Error(`${conversion.fault.text} ${conversion.fault.remedy}`);
    await pause();
    conversion = await ask(api.GET('/api/v1/conversions/{id}', { params: { path } }));
  }
}

export const stopCopy = (id: string) => ask(api.DELETE('/api/v1/conversions/{id}', { params: { path: { id } } }));
export const readShelf = (queries: QueryClient) => void queries.invalidateQueries({ queryKey: ['shelf'] });

// The largest box of a shape in a picture, around a focus: what the server will cut, drawn before it does.
export function cropBox(width: number, height: number, ratio: number, focus: { x: number; y: number }, zoom: number) {
  let wide = width;
  let high = width / ratio;
  if (high > height) [wide, high] = [height * ratio, height];
  [wide, high] = [wide / zoom, high / zoom];
  const begin = (share: number, whole: number, part: number) =>
    Math.min(Math.max(share * whole - part / 2, 0), whole - part);
  return { x: begin(focus.x, width, wide), y: begin(focus.y, height, high), width: wide, height: high };
}
