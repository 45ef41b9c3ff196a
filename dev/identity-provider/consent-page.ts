/** The page on which one chooses who to be and allows or denies, like the Hub's; works without JavaScript. */
import { html, type Markup } from "./html.ts";
import { page } from "./page.ts";
import type { Person } from "./people.ts";
import { meaningOf } from "./scopes.ts";

export type ConsentRequest = {
  /** Where the form is sent. */
  action: string;
  appName: string;
  appOrigin: string;
  scopes: readonly string[];
  people: readonly Person[];
  /** The user name that is chosen when the page opens; any other name than those of `people` fills the free field. */
  chosen: string;
  /** Subjects of the organizations that the app asks for by itself (`orgIds`). */
  askedOrganizations: readonly string[];
  issuer: string;
  problem?: string;
};

export function consentPage(request: ConsentRequest): string {
  const ready = request.people.some(({ username }) => username === request.chosen);
  return page(
    `Sign in to ${request.appName}`,
    html`<h1>${request.appName} asks to sign you in</h1>
<p>${request.appOrigin} will be able to:</p>
<form method="post" action="${request.action}">
<ul>${request.scopes.map((scope) => html`<li>${meaningOf(scope)} <code>${scope}</code></li>`)}</ul>
${request.problem && html`<p class="problem" role="alert">${request.problem}</p>`}
<fieldset>
<legend>Who are you?</legend>
${request.people.map((person) => personCard(person, request))}
${anyoneCard(ready ? "" : request.chosen, !ready)}
</fieldset>
<div class="actions">
<button type="submit" name="decision" value="authorize">Authorize</button>
<button type="submit" name="decision" value="deny">Deny</button>
</div>
</form>`,
  );
}

function personCard(person: Person, { chosen, askedOrganizations, issuer }: ConsentRequest): Markup {
  return html`<div class="person">
<label><input type="radio" name="person" value="${person.username}"${person.username === chosen && html` checked`}>
<img src="${person.pictureUrl ?? `${issuer}/avatars/${person.username}.png`}" alt="" width="40" height="40">
<span><b>${person.name}</b><small>${person.username} · ${person.about}</small></span></label>
${
  person.organizations.length > 0 &&
  html`<div class="more">Open an organization to this app:
${person.organizations.map(
  ({ sub, name }) =>
    html`<label><input type="checkbox" name="organization" value="${sub}"${askedOrganizations.includes(sub) && html` checked`}> ${name}</label>`,
)}</div>`
}
</div>`;
}

// The field precedes no choice of its own: a name typed into it counts only while "Someone else" is chosen.
function anyoneCard(username: string, isChosen: boolean): Markup {
  return html`<div class="person">
<label><input type="radio" name="person" value=""${isChosen && html` checked`}>
<span class="anyone" aria-hidden="true">+</span>
<span><b>Someone else</b><small>Any name: the same name is always the same free account.</small></span></label>
<div class="more"><input type="text" name="username" value="${username}" aria-label="User name" placeholder="User name" maxlength="42" autocomplete="off" autocapitalize="off" spellcheck="false"></div>
</div>`;
}
