"""What the gate lets through is UTF-8, within limits, and nothing but elements, attributes and text (XM-01..XM-05)."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from volmacht.protocols.xml.gate import (
    ARTIFACT_RESPONSE,
    AUTHN_REQUEST,
    LOGOUT,
    METADATA,
    RESOLVE,
    Limits,
    XmlFault,
    XmlRefused,
    read,
    text_of,
    value_of,
)

SMALL = Limits(1000, depth=5, elements=10, attribute=20, attributes=4)
BILLION = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'
PIECES = [
    *(
        "<a>",
        "</a>",
        "<a/>",
        '<a b="',
        '">',
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?pi",
        "?>",
        "&#60;",
        "&lt;",
    ),
    *(
        "<!DOCTYPE a>",
        "<!DOCTYPE a [",
        "<!ENTITY e 'x'>",
        "]>",
        "&e;",
        "%e;",
        "x",
        " ",
        "\n",
        "-",
        "!",
        "'",
        '"',
    ),
    *(
        '<?xml version="1.0"?>',
        '<?xml version="1.0" encoding="UTF-16"?>',
        "\ufeff",
        "é",
        "</b>",
        "<b>",
        "[",
        "]",
    ),
]


def fault_of(data: bytes, limits: Limits = AUTHN_REQUEST) -> XmlFault:
    """Why it is refused."""
    with pytest.raises(XmlRefused) as refused:
        read(data, limits)
    return refused.value.fault


@pytest.mark.parametrize(
    "text",
    [
        "<a/>",
        '<?xml version="1.0"?><a/>',
        '<?xml version="1.0" encoding="UTF-8"?>\n<a/>',
        "<?xml version='1.0' encoding='utf-8' standalone='yes' ?><a/>",
        "\ufeff<a/>",
        '\ufeff<?xml version="1.0" encoding="UTF-8"?><a/>',
        "\n <a b='?' c='!'>what?!</a>\n",
        "<a><![CDATA[<!DOCTYPE a><?pi?><!-- -->]]></a>",
    ],
)
def test_plain_utf8_documents_pass(text: str) -> None:
    assert read(text.encode(), AUTHN_REQUEST).tag == "a"


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "latin-1", "utf-7"]
)
def test_other_encodings_are_refused(encoding: str) -> None:
    declared = f'<?xml version="1.0" encoding="{encoding}"?><a>é</a>'
    assert fault_of(declared.encode(encoding)) is XmlFault.NOT_UTF8
    assert fault_of(declared.encode("utf-8")) is XmlFault.NOT_UTF8
    if encoding != "utf-7":
        assert fault_of("<a>é</a>".encode(encoding)) is XmlFault.NOT_UTF8


@pytest.mark.parametrize(
    "data", [b"<a>\xc0\xbcb/></a>", b"<a>\xed\xa0\x80</a>", b"<a>\xff</a>", b"<a>\0</a>"]
)
def test_malformed_utf8_is_refused(data: bytes) -> None:
    assert fault_of(data) is XmlFault.NOT_UTF8


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', XmlFault.DOCTYPE),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', XmlFault.DOCTYPE),
        ('<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><a/>', XmlFault.DOCTYPE),
        (BILLION, XmlFault.DOCTYPE),
        (f'<?xml version="1.0"?>\n{BILLION}', XmlFault.DOCTYPE),
        ("<a><!DOCTYPE a></a>", XmlFault.DOCTYPE),
        ("<a><![CDATA[ ]]><!DOCTYPE a></a>", XmlFault.DOCTYPE),
        ("<a><![CDATA[<![CDATA[]]><!DOCTYPE a>]]></a>", XmlFault.DOCTYPE),
        ("<!doctype a><a/>", XmlFault.NOT_WELL_FORMED),
        ("<a><!ENTITY x 'y'></a>", XmlFault.NOT_WELL_FORMED),
        ("<a><![INCLUDE[x]]></a>", XmlFault.NOT_WELL_FORMED),
        ("<a>&x;</a>", XmlFault.NOT_WELL_FORMED),
        ('<a b="&x;"/>', XmlFault.NOT_WELL_FORMED),
        ("<?xml-stylesheet href='x'?><a/>", XmlFault.PROCESSING_INSTRUCTION),
        ("<a><?php echo 1 ?></a>", XmlFault.PROCESSING_INSTRUCTION),
        ("<a/><?after?>", XmlFault.PROCESSING_INSTRUCTION),
        (' <?xml version="1.0"?><a/>', XmlFault.PROCESSING_INSTRUCTION),
        ("<!-- first --><a/>", XmlFault.COMMENT),
        ("<a>b<!---->c</a>", XmlFault.COMMENT),
        ("<a/><!-- last -->", XmlFault.COMMENT),
        ('<?xml version="1.1"?><a/>', XmlFault.NOT_WELL_FORMED),
        ('<?xml version="1.0" encoding=""?><a/>', XmlFault.NOT_WELL_FORMED),
        ("", XmlFault.NOT_WELL_FORMED),
        ("<a>", XmlFault.NOT_WELL_FORMED),
        ("<a/><b/>", XmlFault.NOT_WELL_FORMED),
        ("<a><![CDATA[</a>", XmlFault.NOT_WELL_FORMED),
        ('<a b="<!--"/>-->', XmlFault.COMMENT),
        ("<p:a/>", XmlFault.NOT_WELL_FORMED),
        ('<a b="1" b="2"/>', XmlFault.NOT_WELL_FORMED),
    ],
)
def test_anything_but_elements_and_text_is_refused(text: str, fault: XmlFault) -> None:
    assert fault_of(text.encode()) is fault


def test_metadata_may_have_comments_which_are_dropped() -> None:
    root = read(b"<!-- <!DOCTYPE a> --><a>b<!-- <?pi?> -->c<d/><!--e--></a><!-- end -->", METADATA)
    assert etree.tostring(root.getroottree()) == b"<a>bc<d/></a>"
    assert text_of(read(b"<a>b<!-- -->c</a>", METADATA)) == "bc"


@pytest.mark.parametrize(
    "text", ["<!-- --><?pi?><a/>", "<!-- --><!DOCTYPE a><a/>", "<!-- <a/>", "<!-- -- --><a/>"]
)
def test_comments_in_metadata_hide_nothing(text: str) -> None:
    assert fault_of(text.encode(), METADATA) in {
        XmlFault.PROCESSING_INSTRUCTION,
        XmlFault.DOCTYPE,
        XmlFault.COMMENT,
        XmlFault.NOT_WELL_FORMED,
    }


@pytest.mark.parametrize(
    ("limits", "size"),
    [
        (AUTHN_REQUEST, 262_144),
        (RESOLVE, 65_536),
        (LOGOUT, 65_536),
        (ARTIFACT_RESPONSE, 1_048_576),
        (METADATA, 20_971_520),
    ],
)
def test_each_kind_of_message_has_its_size(limits: Limits, size: int) -> None:
    piece, rest = b"<b>0123456789</b>", size - len(b"<a></a>")
    count = min(rest // len(piece), 9000)
    largest = b"<a>" + piece * count + b" " * (rest - count * len(piece)) + b"</a>"
    if limits is not METADATA:  # 20 MB of spaces is more than one text of libxml2 may be
        assert len(largest) == size
        assert read(largest, limits).tag == "a"
    assert fault_of(largest + b"\n", limits) is XmlFault.TOO_LARGE


def test_the_depth_is_limited() -> None:
    assert read(b"<a>" * 64 + b"</a>" * 64, AUTHN_REQUEST).tag == "a"
    assert fault_of(b"<a>" * 65 + b"</a>" * 65) is XmlFault.TOO_DEEP
    assert fault_of(b"<a>" * 9000 + b"</a>" * 9000) is XmlFault.TOO_DEEP


def test_the_number_of_elements_is_limited() -> None:
    assert len(read(b"<a>" + b"<b/>" * 9999 + b"</a>", AUTHN_REQUEST)) == 9999
    assert fault_of(b"<a>" + b"<b/>" * 10_000 + b"</a>") is XmlFault.TOO_MANY_ELEMENTS
    assert fault_of(b"<a>" + b"<b></b>" * 10_000 + b"</a>") is XmlFault.TOO_MANY_ELEMENTS
    # What looks like elements in a CDATA section is text.
    assert len(read(b"<a>" + b"<b/>" * 9 + b"<![CDATA[" + b"<c/>" * 20 + b"]]></a>", SMALL)) == 9


@pytest.mark.parametrize("opening", ['<a b="', "<a xmlns='urn:", '<a c="" d=\'>"\' b = "'])
def test_the_length_of_an_attribute_is_limited(opening: str) -> None:
    quote = next(sign for sign in reversed(opening) if sign in "\"'")
    used = len("urn:") if "urn:" in opening else 0
    longest = opening + "x" * (4096 - used)
    assert read(f"{longest}{quote}>{'y' * 9000}</a>".encode(), AUTHN_REQUEST) is not None
    assert fault_of(f"{longest}x{quote}/>".encode()) is XmlFault.ATTRIBUTE_TOO_LONG


def test_the_number_of_attributes_of_an_element_is_limited() -> None:
    most = " ".join(f'b{n}="="' for n in range(64))
    text = 'x="y" ' * 100
    assert len(read(f"<a {most}>{text}</a>".encode(), AUTHN_REQUEST).attrib) == 64
    assert fault_of(f'<a {most} c=""/>'.encode()) is XmlFault.TOO_MANY_ATTRIBUTES
    assert fault_of(f'<a {most} xmlns:c="urn:c"/>'.encode()) is XmlFault.TOO_MANY_ATTRIBUTES


@pytest.mark.parametrize(
    "text",
    [
        '<a ID="x"><b ID="x"/></a>',
        '<a ID="x"><b Id="x"/></a>',
        '<a ID="x"><b id="x"/></a>',
        '<a ID="x"><b xml:id="x"/></a>',
        '<a ID="x"><b xml:id=" x "/></a>',
        '<a ID="x" Id="x"/>',
        '<a ID="x"><b xmlns:u="urn:u" u:Id="x"/></a>',
        '<a ID="x"><b ID="&#120;"/></a>',
    ],
)
def test_an_id_that_stands_twice_is_refused(text: str) -> None:
    assert fault_of(text.encode()) is XmlFault.DUPLICATE_ID


def test_ids_that_differ_and_other_attributes_pass() -> None:
    assert read(b'<a ID="x"><b Id="X" paid="x" entityID="x" void="x"/></a>', AUTHN_REQUEST).tag == "a"


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.booleans())
def test_no_mixture_of_markup_gets_something_else_into_the_tree(text: str, comments: bool) -> None:
    limits = METADATA if comments else AUTHN_REQUEST
    for document in (text, f"<a>{text}</a>"):
        try:
            root = read(document.encode(), limits)
        except XmlRefused:
            continue
        tree = root.getroottree()
        assert tree.docinfo.internalDTD is None
        everything = [*root.itersiblings(preceding=True), *root.iter(), *root.itersiblings()]
        assert all(isinstance(node.tag, str) for node in everything)


@given(st.text(max_size=30), st.integers(0, 2))
def test_what_an_ordinary_parser_takes_as_plain_text_passes(text: str, form: int) -> None:
    whole = (
        ("<a>{}</a>", "<a><![CDATA[{}]]></a>", '<a b="{}"/>')[form].format(text).encode("utf-8", "replace")
    )
    try:
        expected = etree.fromstring(whole)
    except etree.XMLSyntaxError:
        return
    if [node.tag for node in expected.iter()] == ["a"]:
        assert etree.tostring(read(whole, AUTHN_REQUEST)) == etree.tostring(expected)


def test_a_refusal_tells_the_line_and_nothing_of_the_content() -> None:
    for data in (
        b"<a>\n\n&secret;</a>",
        b"<a>\n<b/>\n<?secret?></a>",
        b"<?xml\nversion='1.0'?><a>\n<!--secret--></a>",
    ):
        with pytest.raises(XmlRefused) as refused:
            read(data, AUTHN_REQUEST)
        assert refused.value.line == 3
        assert "secret" not in str(refused.value)
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_text_is_the_whole_of_it_or_refused() -> None:
    assert text_of(read(b"<a> b<![CDATA[<c>]]>&amp;d\n</a>", AUTHN_REQUEST)) == " b<c>&d\n"
    assert text_of(read(b"<a/>", AUTHN_REQUEST)) == ""
    with pytest.raises(XmlRefused) as refused:
        text_of(read(b"<a>b<c/>d</a>", AUTHN_REQUEST))
    assert refused.value.fault is XmlFault.NOT_TEXT


def test_a_comment_cannot_cut_a_text_short() -> None:
    with pytest.raises(XmlRefused) as refused:
        text_of(etree.fromstring("<a>urn:mine<!-- -->.evil.example</a>"))
    assert refused.value.fault is XmlFault.NOT_TEXT


@pytest.mark.parametrize("text", ["\n   urn:x \t\r\n", "urn:x", "&#10;urn:x&#32;"])
def test_white_space_around_a_value_is_trimmed(text: str) -> None:
    assert value_of(read(f"<a>{text}</a>".encode(), AUTHN_REQUEST)) == "urn:x"


@pytest.mark.parametrize("text", ["urn: x", "urn:\nx", "urn:&#9;x"])
def test_white_space_inside_a_value_is_refused(text: str) -> None:
    with pytest.raises(XmlRefused) as refused:
        value_of(read(f"<a>{text}</a>".encode(), AUTHN_REQUEST))
    assert refused.value.fault is XmlFault.INNER_WHITE_SPACE


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" + b"<![CDATA[" * 29_000,
        b"<a>" + b"<!--" * 60_000,
        b"<a>" + b"<![CDATA[]]>" * 21_000,
        b"<a " + b" ".join(b'a%d=""' % n for n in range(20_000)) + b"/>",
        b"<a " + b" ".join(b'xmlns:a%d="u"' % n for n in range(13_000)) + b"/>",
        b"<a b=" + b"\"'" * 120_000,
        b"<a>" + b'="' * 120_000,
        b"<" * 250_000,
    ],
)
def test_no_input_keeps_the_gate_busy(data: bytes) -> None:
    began = perf_counter()
    with pytest.raises(XmlRefused):
        read(data, AUTHN_REQUEST)
    assert perf_counter() - began < 1
