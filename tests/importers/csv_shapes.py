"""Forty shapes of CSV as people send them, and what each holds."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["REFUSED", "SHAPES", "Refused", "Shape"]

Cell = float | int | str | None


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A file and what is in it.

    ``rows`` are all rows, in values: numbers as numbers, what is missing None.
    """

    name: str
    content: bytes
    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    options: dict[str, str] = field(default_factory=dict)
    long: int = 0
    short: int = 0


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that is refused, and words of the sentence."""

    name: str
    content: bytes
    why: str
    options: dict[str, str] = field(default_factory=dict)


AB = ("a", "b")
ONE_TWO = ((1, 2), (3, 4))
KOREAN = "이름,무게,종류\n김치,12.5,반찬\n된장,30,장\n"
KOREAN_ROWS = (("김치", 12.5, "반찬"), ("된장", 30, "장"))
KOREAN_NAMES = ("이름", "무게", "종류")
MEASURED = ("time", "x", "y")
MEASURED_ROWS = ((0, 1.5, -2.25), (1, 1000.5, 3))

SHAPES = [
    Shape(name="plain", content=b"a,b\n1,2\n3,4\n", names=AB, rows=ONE_TWO),
    Shape(name="windows line ends", content=b"a,b\r\n1,2\r\n3,4\r\n", names=AB, rows=ONE_TWO),
    Shape(name="old Mac line ends", content=b"a,b\r1,2\r3,4\r", names=AB, rows=ONE_TWO),
    Shape(name="mixed line ends", content=b"a,b\r\n1,2\n3,4\r", names=AB, rows=ONE_TWO),
    Shape(name="no line end at the end", content=b"a,b\n1,2\n3,4", names=AB, rows=ONE_TWO),
    Shape(name="UTF-8 with a mark", content=KOREAN.encode("utf-8-sig"), names=KOREAN_NAMES,
          rows=KOREAN_ROWS),
    Shape(name="UTF-8 without", content=KOREAN.encode(), names=KOREAN_NAMES, rows=KOREAN_ROWS),
    Shape(name="CP949", content=KOREAN.encode("cp949"), names=KOREAN_NAMES, rows=KOREAN_ROWS),
    Shape(name="CP949 with letters EUC-KR lacks",
          content="글,값\n똠방각하,1\n펲시,2\n".encode("cp949"),
          names=("글", "값"), rows=(("똠방각하", 1), ("펲시", 2))),
    Shape(name="UTF-16 of Excel's Unicode text",
          content=KOREAN.replace(",", "\t").encode("utf-16"), names=KOREAN_NAMES,
          rows=KOREAN_ROWS),
    Shape(name="UTF-16 big-endian without a mark", content="a,b\n1,2\n3,4\n".encode("utf-16-be"),
          names=AB, rows=ONE_TWO),
    Shape(name="CP1252", content="Größe;Straße\n1,5;Köln\n2,5;Genève\n".encode("cp1252"),
          names=("Größe", "Straße"), rows=((1.5, "Köln"), (2.5, "Genève"))),
    Shape(name="CP949 told", content="값\n1\n2\n".encode("cp949"), names=("값",),
          rows=((1,), (2,)), options={"encoding": "cp949"}),
    Shape(name="semicolons and decimal commas", content=b"time;x;y\n0;1,5;-2,25\n1;1000,5;3\n",
          names=MEASURED, rows=MEASURED_ROWS),
    Shape(name="German thousands", content=b"time;x;y\n0;1,5;-2,25\n1;1.000,5;3\n",
          names=MEASURED, rows=MEASURED_ROWS),
    Shape(name="English thousands in quotes",
          content=b'time,x,y\n0,1.5,-2.25\n1,"1,000.5",3\n', names=MEASURED, rows=MEASURED_ROWS),
    Shape(name="decimal commas without a header", content=b"0;1,5;-2,25\n1;1000,5;3\n",
          names=("column 1", "column 2", "column 3"), rows=MEASURED_ROWS),
    Shape(name="tabs", content=b"time\tx\ty\n0\t1.5\t-2.25\n1\t1000.5\t3\n", names=MEASURED,
          rows=MEASURED_ROWS),
    Shape(name="bars", content=b"time|x|y\n0|1.5|-2.25\n1|1000.5|3\n", names=MEASURED,
          rows=MEASURED_ROWS),
    Shape(name="columns lined up with spaces",
          content=b"time      x      y\n   0    1.5  -2.25\n   1 1000.5      3\n", names=MEASURED,
          rows=MEASURED_ROWS),
    Shape(name="commas and spaces, no header", content=b"  156,  -589, -1294\n  161,   -58,  7\n",
          names=("column 1", "column 2", "column 3"), rows=((156, -589, -1294), (161, -58, 7))),
    Shape(name="Excel's sep= line", content=b"sep=;\na;b\n1;2\n3;4\n", names=AB, rows=ONE_TWO),
    Shape(name="quoted line breaks", content=b'a,b\n"one\ntwo",2\n"three\r\nfour",4\n', names=AB,
          rows=(("one\ntwo", 2), ("three\r\nfour", 4))),
    Shape(name="quoted quotes and commas", content=b'a,b\n"say ""hi"", you",2\n"x,y",4\n',
          names=AB, rows=(('say "hi", you', 2), ("x,y", 4))),
    Shape(name="all in quotes", content=b'"a","b"\n"1","2"\n"3","4"\n', names=AB, rows=ONE_TWO),
    Shape(name="a comma at every line's end", content=b"a,b,\n1,2,\n3,4,\n", names=AB,
          rows=ONE_TWO),
    Shape(name="rows without their last cells", content=b"a,b,c\n1,2,3\n4\n5,6,7\n",
          names=("a", "b", "c"), rows=((1, 2, 3), (4, None, None), (5, 6, 7)), short=1),
    Shape(name="a row with too many cells", content=b"a,b\n1,2\n9,9,9\n3,4\n5,6\n", names=AB,
          rows=((1, 2), (3, 4), (5, 6)), long=1),
    Shape(name="names twice", content=b"x,x,x (2)\n1,2,3\n4,5,6\n",
          names=("x", "x (2)", "x (2) (2)"),
          rows=((1, 2, 3), (4, 5, 6))),
    Shape(name="a column without a name", content=b"a,,b\n1,x,2\n3,y,4\n",
          names=("a", "column 2", "b"), rows=((1, "x", 2), (3, "y", 4))),
    Shape(name="row names as R writes them", content=b'"a","b"\n"r1",1,2\n"r2",3,4\n',
          names=("row", "a", "b"), rows=(("r1", 1, 2), ("r2", 3, 4))),
    Shape(name="row numbers as pandas writes them", content=b",x\n0,5\n1,6\n",
          names=("column 1", "x"), rows=((0, 5), (1, 6))),
    Shape(name="a title over two columns", content=b"Report\n\nx,k\n1,a\n2,b\n",
          names=("x", "k"), rows=((1, "a"), (2, "b"))),
    Shape(name="the last names lacking", content=b"a,b,,\n1,2,3,4\n5,6,7,8\n",
          names=("a", "b", "column 3", "column 4"), rows=((1, 2, 3, 4), (5, 6, 7, 8))),
    Shape(name="remarks", content=b"# taken on a bike\n# 26 Hz\na,b\n1,2\n# paused\n3,4\n",
          names=AB, rows=ONE_TWO),
    Shape(name="a header behind a hash", content=b"# a,b\n1,2\n3,4\n", names=AB, rows=ONE_TWO),
    Shape(name="a title and an empty line", content=b"Report of May,,\n,,\na,b,c\n1,2,3\n4,5,6\n",
          names=("a", "b", "c"), rows=((1, 2, 3), (4, 5, 6))),
    Shape(name="lines to skip, told", content=b"x,y\nm,s\n1,2\n3,4\n",
          names=("column 1", "column 2"),
          rows=ONE_TWO, options={"skip": "2", "header": "no"}),
    Shape(name="empty lines between", content=b"\n\na,b\n\n1,2\n,\n3,4\n\n",
          names=AB, rows=ONE_TWO),
    Shape(name="words for nothing", content=b"n,t\n1,x\nNA,NA\n-,-\ntr,tr\n5,NaN\n",
          names=("n", "t"), rows=((1, "x"), (None, None), (None, "-"), (None, "tr"), (5, None))),
    Shape(name="years as names", content=b"region,2019,2020\nSeoul,5,6\nBusan,7,8\n",
          names=("region", "2019", "2020"), rows=(("Seoul", 5, 6), ("Busan", 7, 8))),
    Shape(name="numbers that are names", content=b"code,iban\n007,123456789012345678\n012,9\n",
          names=("code", "iban"), rows=(("007", "123456789012345678"), ("012", "9"))),
    Shape(name="days before months", content=b"day,v\n31.01.2024,1\n01.02.2024,2\n",
          names=("day", "v"), rows=(("2024-01-31", 1), ("2024-02-01", 2))),
    Shape(name="months before days", content=b"day,v\n01/31/2024,1\n02/01/2024,2\n",
          names=("day", "v"), rows=(("2024-01-31", 1), ("2024-02-01", 2))),
    Shape(name="exponents and signs", content=b"a,b\n1e-3,+2\n-4E2,.5\n", names=AB,
          rows=((0.001, 2), (-400, 0.5))),
    Shape(name="one column", content=b"reading\n1.5\n2.5\n", names=("reading",),
          rows=((1.5,), (2.5,))),
    Shape(name="only a header and one row", content=b"a,b\n1,2\n", names=AB, rows=((1, 2),)),
    Shape(name="cells a spreadsheet would run", content=b"a,b\n=1+1,2\n@x,4\n", names=AB,
          rows=(("=1+1", 2), ("@x", 4))),
]  # fmt: skip

REFUSED = [
    Refused(name="nothing", content=b"", why="there is nothing in it"),
    Refused(name="nothing but line ends", content=b"\n\r\n\n", why="there is nothing in it"),
    Refused(name="a picture", content=b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
            why="it is not text"),
    Refused(name="a zero byte far in", content=b"a,b\n" + b"1,2\n" * 2000 + b"3,\x004\n",
            why="zero bytes"),
    Refused(name="a quotation mark never closed", content=b'a,b\n1,"2\n' + b"3,4\n" * 60_000,
            why="never closed"),
    Refused(name="one endless line", content=b"1," * 1_000_000, why="is longer than"),
    Refused(name="more columns than a table has", content=b",".join([b"1"] * 10_001),
            why="more than 10,000 columns"),
    Refused(name="another encoding told", content="이름\n김\n".encode("cp949"),
            why="bytes that are no UTF-8", options={"encoding": "utf-8"}),
    Refused(name="an encoding nobody knows", content=b"a,b\n1,2\n",
            why="no encoding called", options={"encoding": "klingon"}),
]  # fmt: skip
