"""Opens each page of a folder in Chromium: picture, console, accessibility, width. Exit 1 on findings."""
import functools, glob, http.server, os, sys, threading
from playwright.sync_api import sync_playwright

folder = sys.argv[1]
try:
    import importlib.resources
    axe = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text()
except ModuleNotFoundError:
    axe = None
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

class Quiet(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", CSP)
        super().end_headers()
    def log_message(self, *_): pass

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
threading.Thread(target=server.serve_forever, daemon=True).start()
bad = 0
with sync_playwright() as p:
    browser = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
    for width in (360, 1280):
        for file in sorted(glob.glob(os.path.join(folder, "*.html"))):
            name = os.path.basename(file)
            page = browser.new_context(viewport={"width": width, "height": 900}, locale="id-ID", timezone_id="Asia/Jakarta").new_page()
            found = []
            page.on("console", lambda m: found.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda e: found.append(str(e)))
            page.goto(f"http://127.0.0.1:{server.server_port}/{name}", wait_until="load")
            page.screenshot(path=os.path.join(folder, f"{name[:-5]}-{width}.png"), full_page=True)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"): found.append("wider than the screen")
            if axe:
                page.evaluate(axe)
                result = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
                found += [v["id"] + ": " + ", ".join(n["target"][0] + " " + n["failureSummary"].replace("\n", " ")[:200] for n in v["nodes"][:3]) for v in result["violations"]]
            for text in found: print(width, name, text)
            bad += len(found)
            page.context.close()
    browser.close()
print("findings:", bad)
sys.exit(1 if bad else 0)
