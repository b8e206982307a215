// The entry screen of paper questionnaires; without it everything is typed and sent all the same.
//
// In a form with `data-entry`: Enter goes to the next field, Ctrl+Enter sends. In a field of one
// answer (`data-one`) with at most nine options (`data-most`), the digit alone goes on to the next.

const form = document.querySelector<HTMLFormElement>("form[data-entry]");

if (form) {
  const fields = [...form.querySelectorAll<HTMLElement>("input:not([type=hidden]), textarea, button")];
  const next = (from: Element): void => {
    const field = fields[fields.indexOf(from as HTMLElement) + 1];
    field?.focus();
    if (field instanceof HTMLInputElement && field.type !== "radio") field.select();
  };

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) form.requestSubmit();
    else next(event.target);
  });

  form.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !("one" in field.dataset)) return;
    const most = Number(field.dataset["most"]);
    const typed = Number(field.value);
    if (most < 10 && /^\d$/.test(field.value) && typed >= 1 && typed <= most) next(field);
  });

  const wrong = form.querySelector<HTMLElement>("[aria-invalid]");
  (wrong ?? form.querySelector<HTMLElement>("#name"))?.focus();
}
