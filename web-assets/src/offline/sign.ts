// Signing on the screen, with finger, pen or mouse; whoever cannot draw signs on the paper sheet, and that is ticked.

import type { Said } from "./kinds";
import { button, make, t } from "./page";

const WIDTH = 600;
const HEIGHT = 200;

/** Asks for a signature; nothing when it is given up. */
export function askSignature(name: string): Promise<Said | undefined> {
  const strokes: string[] = [];
  const canvas = make("canvas", { width: WIDTH, height: HEIGHT, class: "signature", role: "img", "aria-label": t("sign-field") });
  const pen = canvas.getContext("2d");
  const paper = make("input", { type: "checkbox", id: "papier" });
  const wrong = make("p", { class: "error", role: "alert", hidden: true }, t("sign-missing"));
  const at = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    const within = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)));
    return [within(((event.clientX - box.left) / box.width) * WIDTH, WIDTH), within(((event.clientY - box.top) / box.height) * HEIGHT, HEIGHT)];
  };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    const [x, y] = at(event);
    strokes.push(`M${x} ${y}`);
    if (pen) {
      pen.lineWidth = 3;
      pen.lineCap = "round";
      pen.strokeStyle = getComputedStyle(canvas).color;
      pen.beginPath();
      pen.moveTo(x, y);
    }
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const [x, y] = at(event);
    const step = `L${x} ${y}`;
    if (strokes.at(-1) === step) return;
    strokes.push(step);
    pen?.lineTo(x, y);
    pen?.stroke();
  });
  return new Promise((resolve) => {
    let answer: Said | undefined;
    const dialog = make("dialog", { "aria-labelledby": "signer" });
    const done = (): void => {
      // Somebody who only touched the field has not signed.
      if (paper.checked) answer = { kind: "signed", how: "paper" };
      else if (strokes.some((step) => step.startsWith("L"))) answer = { kind: "signed", how: "screen", strokes: strokes.join("").slice(0, 19_000) };
      if (answer) dialog.close();
      else wrong.hidden = false;
    };
    const again = (): void => {
      strokes.length = 0;
      pen?.clearRect(0, 0, WIDTH, HEIGHT);
    };
    const sheet = make("article", { class: "sheet" },
      make("h2", { id: "signer" }, t("sign-title", name)),
      make("p", {}, t("sign-text")),
      canvas,
      make("div", { class: "field" }, make("label", { class: "choice", for: "papier" }, paper, make("span", {}, t("sign-paper")))),
      wrong,
      make(
        "div",
        { class: "actions" },
        button(t("sign-done"), done),
        button(t("sign-again"), again, "second"),
        button(t("cancel"), () => dialog.close(), "second"),
      ),
    );
    dialog.append(sheet);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
