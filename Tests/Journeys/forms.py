"""The forms of a page as a program without a browser fills them: what stands in them, and what is sent."""
import secrets
import urllib.parse
from dataclasses import dataclass, field

TEXT_KINDS = {"text", "search", "email", "tel", "url", "password", "number", "date"}


@dataclass
class Form:
    action: str
    multipart: bool
    # Name and value of everything a browser would send as the form stands.
    fields: list = field(default_factory=list)
    # The fields a person types into.
    typed: list = field(default_factory=list)
    files: list = field(default_factory=list)

    def filled(self, **others):
        """The fields with some of them changed; values may be bytes."""
        names = [name for name, _ in self.fields]
        sent = [(name, others.get(name, value)) for name, value in self.fields]
        return sent + [(name, value) for name, value in others.items() if name not in names]

    def encoded(self, fields, files=()):
        """The body and its Content-Type; `files`: (field, file name as bytes, content)."""
        if not self.multipart:
            return (urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")
        mark = "----journey" + secrets.token_hex(8)
        body = b""
        for name, value in fields:
            value = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
            body += b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (
                mark.encode(), name.encode(), value)
        for name, file_name, content in files:
            body += (b'--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n'
                     b"Content-Type: application/octet-stream\r\n\r\n%s\r\n") % (
                mark.encode(), name.encode(), file_name, content)
        return body + b"--%s--\r\n" % mark.encode(), f"multipart/form-data; boundary={mark}"


def forms_in(tree, path):
    """Every form of the page that changes something."""
    return [read(form, path) for form in tree.iter("form") if form.get("method", "get").lower() == "post"]


def read(form, path):
    found = Form(urllib.parse.urljoin(path, form.get("action") or path), form.get("enctype") == "multipart/form-data")
    chosen = set()
    for element in form.iter():
        name = element.get("name")
        if not name or element.get("disabled") is not None:
            continue
        kind = element.get("type", "text").lower()
        if element.tag == "textarea":
            found.typed.append(name)
            found.fields.append((name, "".join(element.itertext())))
        elif element.tag == "select":
            options = list(element.iter("option"))
            picked = [o for o in options if o.get("selected") is not None] or options[:1]
            found.fields += [(name, o.get("value", "")) for o in picked]
        elif element.tag == "input" and kind in TEXT_KINDS:
            found.typed.append(name)
            found.fields.append((name, element.get("value", "")))
        elif element.tag == "input" and kind == "hidden":
            found.fields.append((name, element.get("value", "")))
        elif element.tag == "input" and kind == "file":
            found.files.append(name)
        elif element.tag == "input" and kind in ("radio", "checkbox"):
            if element.get("checked") is not None or (kind == "radio" and name not in chosen):
                chosen.add(name)
                found.fields = [f for f in found.fields if f[0] != name] if kind == "radio" else found.fields
                found.fields.append((name, element.get("value", "on")))
    return found
