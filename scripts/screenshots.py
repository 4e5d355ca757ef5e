#!/usr/bin/env python3
"""screenshots.py BINARY FOLDER [PATH…]: the given pages of the demo, or those anybody may open.

One picture for each width and each colour scheme; a page that answers with an error, is wider than the screen or
writes to the console of the browser is named, and the exit code is 1.
"""
import os
import sys

sys.dont_write_bytecode = True
from demo_server import Demo  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

PAGES = ("/", "/lapor", "/lacak", "/masuk")
SIZES = {"telephone": (360, 740), "desk": (1280, 900)}


def picture(browser, demo, path, size, scheme, folder):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="id-ID",
                                  timezone_id="Asia/Jakarta")
    page, found = context.new_page(), []
    page.on("console", lambda m: found.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: found.append(str(e)))
    response = page.goto(demo.url + path, wait_until="load")
    if response is None or response.status >= 400:
        found.append(f"status {response.status if response else 'none'}")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the screen")
    name = path.strip("/").replace("/", "-") or "start"
    page.screenshot(path=os.path.join(folder, f"{name}-{size}-{scheme}.png"), full_page=True)
    context.close()
    return [f"{path} ({size}, {scheme}): {what}" for what in found]


def main(binary, folder, pages):
    os.makedirs(folder, exist_ok=True)
    with Demo(binary) as demo, sync_playwright() as p:
        browser = p.chromium.launch(executable_path="/usr/bin/chromium",
                                    args=["--no-sandbox", "--disable-dev-shm-usage"])
        found = [sentence for path in pages for size in SIZES for scheme in ("light", "dark")
                 for sentence in picture(browser, demo, path, size, scheme, folder)]
        browser.close()
    print("\n".join([*found, f"{len(pages) * 4} pictures in {folder}, {len(found)} complaints"]))
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:] or PAGES))
