// Marks on the links of a composition, and names of variables within it.
export interface UtmDraft {
  off: boolean;
  source: string;
  medium: string;
  campaign: string;
  content: string;
}
export const noMarks: UtmDraft = { off: false, source: '', medium: '', campaign: '', content: '' };
export const hasMarks = (utm: UtmDraft | undefined): utm is UtmDraft =>
  !!utm && (utm.off || !!(utm.source + utm.medium + utm.campaign + utm.content).trim());

const letters = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
// The same text with another variable in the place of one.
export const renamed = (text: string, from: string, to: string) =>
  text.replace(new RegExp(`\\{\\{\\s*${letters(from)}\\s*\\}\\}`, 'gi'), () => `{{${to}}}`);

// Whether the server may say something else than what stands here.
export const isWorded = (text: string, link: string) => text.includes('{{') || !!link.trim() || /https?:\/\//i.test(text);
