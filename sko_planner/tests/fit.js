// What is wrong with a page on a phone: targets that a thumb misses, labels broken within a word, and
// classes whose rules were cut away.
(cutAway) => {
  const LEAST = 44 - 0.5; // CSS pixels, less what rounding takes
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex='0']";
  const visible = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });

  // A link stretched over its row, and a box with the label around it or for it, are as large as those
  const boxes = (one) => {
    const found = [one, ...(one.labels ?? [])];
    const after = getComputedStyle(one, "::after");
    if (after.content !== "none" && after.position === "absolute") found.push(positioned(one));
    return found.map((each) => each.getBoundingClientRect());
  };
  const positioned = (one) => (getComputedStyle(one).position !== "static" ? one : positioned(one.parentElement));

  // A link among words is as high as they are
  const inSentence = (one) => one.matches("a") && getComputedStyle(one).display === "inline"
    && [...one.parentElement.childNodes].some((node) => node !== one && node.nodeType === Node.TEXT_NODE && /\w{2}/.test(node.textContent));

  const small = [...document.querySelectorAll(TARGETS)].filter((one) => {
    const own = one.getBoundingClientRect();
    if (!visible(one) || own.width <= 1 || own.bottom < 0 || one.disabled || inSentence(one)) return false;
    return !boxes(one).some((box) => box.width >= LEAST && box.height >= LEAST);
  }).map((one) => {
    const { width, height } = one.getBoundingClientRect();
    const name = one.tagName.toLowerCase() + [...one.classList].map((each) => "." + each).join("");
    const within = [...(one.parentElement?.classList ?? [])].map((each) => "." + each).join("");
    return `${one.parentElement.tagName.toLowerCase()}${within} > ${name} ${Math.round(width)}×${Math.round(height)} “${(one.innerText || one.name || "").trim().slice(0, 30)}”`;
  });
  const broken = [...document.querySelectorAll("nav a, th, dt, label, summary, .btn, .k-state, small")].filter(visible).flatMap((one) => {
    const words = [];
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/\p{L}{4,14}(?![\p{L}-])/gu)) {
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
