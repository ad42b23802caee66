"""Find a font that has Chinese characters; without one every name would be a row of boxes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from polcmp.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.font_manager import FontEntry

FAMILIES = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC"),
    *("Microsoft YaHei", "Hiragino Sans GB", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei"),
    *("Heiti SC", "STHeiti", "HarmonyOS Sans SC", "MiSans", "Alibaba PuHuiTi", "Noto Sans CJK JP"),
    *("Noto Sans CJK TC", "Source Han Sans", "Noto Sans TC", "Microsoft JhengHei", "PingFang TC"),
    *("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Songti SC", "SimSun", "STSong"),
    *("AR PL UMing CN", "AR PL UKai CN", "Droid Sans Fallback", "Arial Unicode MS", "Unifont"),
)
"""Fonts with the characters of Simplified Chinese on Linux, macOS and Windows, sans serif first."""

NEEDED = "县旗区乡村证据"
"""Characters that a font must have; one with these has the others of GB/T 2312 as well."""

INSTALL = (
    "Install one: Noto Sans CJK (apt install fonts-noto-cjk, dnf install google-noto-sans-cjk-fonts, "
    "brew install font-noto-sans-cjk-sc), Source Han Sans or WenQuanYi; or name a font or a font file "
    "with --font."
)


def chinese_font(asked: str = "") -> str:
    """The name of a font of this machine that has Chinese characters.

    Args:
        asked: name of an installed font, or a font file; ``""`` looks through `FAMILIES`.

    Raises:
        UsageError: P437 there is none, or the one asked for has no Chinese characters.
    """
    if asked:
        return _asked(asked)
    found = _first(FAMILIES)
    if not found and _learn_new_files():  # matplotlib's own list is as old as its cache
        found = _first(FAMILIES)
    if not found:
        raise UsageError(
            "no font with Chinese characters is installed", code="P437", where="plot", hint=INSTALL
        )
    return found


def _asked(asked: str) -> str:
    from matplotlib import font_manager

    names: tuple[str, ...] = (asked,)
    if Path(asked).is_file():
        try:
            known = len(font_manager.fontManager.ttflist)
            font_manager.fontManager.addfont(asked)
        except (OSError, RuntimeError) as error:
            raise _unfit(asked, "is no font file") from error
        names = tuple(entry.name for entry in font_manager.fontManager.ttflist[known:]) or tuple(
            entry.name for entry in font_manager.fontManager.ttflist if entry.fname == asked
        )
    found = _first(names)
    if not found:
        raise _unfit(asked, "is not installed or has no Chinese characters")
    return found


def _unfit(asked: str, why: str) -> UsageError:
    return UsageError(f"the font {asked!r} {why}", code="P437", where="--font", hint=INSTALL)


def _first(names: tuple[str, ...]) -> str:
    """The first of these fonts that is there and has the characters; ``""`` if none is."""
    from matplotlib import font_manager

    entries: dict[str, FontEntry] = {}
    for entry in font_manager.fontManager.ttflist:
        entries.setdefault(entry.name, entry)
    return next((name for name in names if name in entries and _has_chinese(entries[name])), "")


def _has_chinese(entry: FontEntry) -> bool:
    from matplotlib.font_manager import get_font

    try:
        font = get_font(entry.fname)
        return all(font.get_char_index(ord(one)) for one in NEEDED)
    except (OSError, RuntimeError):  # uninstalled since the list was made, or damaged
        return False


def _learn_new_files() -> bool:
    """Tell matplotlib of font files that it has not seen; whether there were any."""
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    new = sorted(set(font_manager.findSystemFonts()) - known)
    for path in new:
        try:
            font_manager.fontManager.addfont(path)
        except (OSError, RuntimeError):
            continue
    return bool(new)
