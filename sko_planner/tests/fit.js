// What is wrong with a page on a phone: targets that a thumb misses, labels broken within a word, and
// classes whose rules were cut away.
(cutAway) => {
  const LEAST = 44 - 0.5; // CSS pixels, less what rounding takes
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']";
  const visible = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  // Heads of tables that are only read aloud on a phone
  const clipped = (one) => one !== null && (one.getBoundingClientRect().width <= 1 || clipped(one.parentElement));

  // What a target is stretched over, and the label around it or for it, are touched as it is
  const boxes = (one) => {
    const found = [one, ...(one.labels ?? [])].map((each) => each.getBoundingClientRect());
    const after = getComputedStyle(one, "::after");
    if (after.content !== "none" && after.position === "absolute") found.push({ width: parseFloat(after.width), height: parseFloat(after.height) });
    return found;
  };

  // A link among words is as high as they are
  const inSentence = (one) => one.matches("a") && getComputedStyle(one).display === "inline"
    && [...one.parentElement.childNodes].some((node) => node !== one && node.nodeType === Node.TEXT_NODE && /\w{2}/.test(node.textContent));

  const small = [...document.querySelectorAll(TARGETS)].filter((one) => {
    const own = one.getBoundingClientRect();
    if (!visible(one) || clipped(one) || own.bottom < 0 || one.disabled || inSentence(one)) return false;
    return !boxes(one).some((box) => box.width >= LEAST && box.height >= LEAST);
  }).map((one) => {
    const { width, height } = one.getBoundingClientRect();
    const name = one.tagName.toLowerCase() + [...one.classList].map((each) => "." + each).join("");
    const within = [...(one.parentElement?.classList ?? [])].map((each) => "." + each).join("");
    return `${one.parentElement.tagName.toLowerCase()}${within} > ${name} ${Math.round(width)}×${Math.round(height)} “${(one.innerText || one.name || "").trim().slice(0, 30)}”`;
  });
  // Of an address, or of a name without a space, any part may be broken
  const broken = [...document.querySelectorAll("nav a, th, dt, label, summary, .btn, .k-state, small")].filter((one) => visible(one) && !clipped(one)).flatMap((one) => {
    const words = [];
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/(?<![\p{L}@.])\p{L}{4,14}(?![\p{L}@.-])/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) words.push(word[0]);
      }
    }
    return words;
  });
  const unstyled = [...new Set([...document.querySelectorAll("[class]")].flatMap((one) => [...one.classList]))].filter((name) => cutAway.includes(name));
  return [
    ...small.map((one) => `small target: ${one}`),
    ...broken.map((word) => `broken within a word: ${word}`),
    ...unstyled.map((name) => `the kit was cut too far: .${name}`),
  ];
}
