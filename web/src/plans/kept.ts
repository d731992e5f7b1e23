// The plan that is being looked at stays on this device until it is put away.
const name = 'carillon.plan';

export const keptPlan = {
  read: () => sessionStorage.getItem(name) ?? '',
  write: (yaml: string) => {
    try {
      sessionStorage.setItem(name, yaml);
    } catch {
      // Too large to keep: still here.
    }
  },
};

export const example = `plan: spring
defaults:
  accounts: all
  tags: [spring]
posts:
  - key: opening
    text: |
      We open the garden.
      Come and listen to the bells!
    at: 2027-03-20 09:30
  - key: menu
    text: The spring menu is here.
    queue: next
`;
