"""What is language, in any script, and what is garbage."""

import base64
import random

import pytest

from index.documents.language import is_language

ENGLISH = (
    "Claims for travel are made within ninety days, and receipts are kept for six years. The grant "
    "is paid with the salary of the next month, and who leaves within a year returns half of it."
)


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Zaměstnanci mají nárok na čtvrt dne volna a na příspěvek ve výši sto korun. Vlk zmrzl.",
        "Pracownicy otrzymują dodatek za pracę w nocy w wysokości dwudziestu procent podstawy.",
        "Mae gan y gweithwyr hawl i wyliau blynyddol o bump wythnos ar hugain bob blwyddyn.",
        "Người lao động được nghỉ phép hai mươi ngày mỗi năm và được trả lương hàng tháng.",
        "Çalışanlar yılda yirmi gün ücretli izin hakkına sahiptir ve maaşları her ay ödenir.",
        "Работники получают премию в конце каждого года и отпуск в двадцать восемь дней.",
        "従業員は年に二十日の有給休暇を取得できます。残業代は翌月に支払われます。",
        "الموظفون يحصلون على مكافأة في نهاية كل سنة وإجازة عشرين يوما",
        "HTTP, SQL, CSS, HTML, XML, JSON, REST, SSH, DNS, TCP, UDP, SMTP, TLS, VPN, LAN",
        "Role, min, max\nNurse, 31800, 40200\nClerk, 30000, 35500\n" * 20,
        "Bread. " * 100,
        "",
    ],
)
def test_language(text: str) -> None:
    """Every script, tables, abbreviations, and what is too short to tell."""
    assert is_language(text)


@pytest.mark.parametrize("step", [1, 3, 5, 13])
def test_letters_that_stand_for_others_are_none(step: int) -> None:
    """A font whose letters are moved by some places."""
    moved = "".join(chr((ord(c) - 97 + step) % 26 + 97) if c.islower() else c for c in ENGLISH)
    assert not is_language(moved)


def test_bytes_as_text_are_none() -> None:
    """Data that somebody has written as letters, and data that is read as letters."""
    data = random.Random(7).randbytes(2_000)
    lines = base64.encodebytes(data).decode()
    assert not is_language(lines)
    assert not is_language(data.decode("latin-1"))
    assert not is_language(data.decode("utf-16-le", errors="replace"))
