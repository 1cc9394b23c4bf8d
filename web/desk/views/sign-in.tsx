/** Signing in: address, password and, outside the demo, a code. */

import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../session";
import { words } from "../words";

export function SignIn({ session }: { readonly session: Session }): JSX.Element {
  const setup = session.setup.value;
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const send = (event: Event) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    const code = typed.get("code");
    void session.signIn({
      email: String(typed.get("email")),
      password: String(typed.get("password")),
      code: code === null ? null : String(code).replace(/\s/g, ""),
    });
  };
  return (
    <main class="sign-in">
      <form onSubmit={send}>
        <p class="brand">{words.title}</p>
        <h1>{setup?.helpline ?? words.signIn}</h1>
        <label class="labelled">
          {words.email}
          <input ref={first} name="email" type="email" autocomplete="username" required />
        </label>
        <label class="labelled">
          {words.password}
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        {setup?.second_factor && <Code />}
        <p class="refusal" role="alert">
          {session.sentence.value}
        </p>
        <button type="submit" class="button button-main" disabled={session.busy.value}>
          {words.signIn}
        </button>
      </form>
    </main>
  );
}

function Code(): JSX.Element {
  return (
    <label class="labelled">
      {words.code}
      <input
        name="code"
        inputMode="numeric"
        autocomplete="one-time-code"
        maxLength={16}
        required
        aria-describedby="code-hint"
      />
      <span class="hint" id="code-hint">
        {words.codeHint}
      </span>
    </label>
  );
}
