"""Which box of the form a key of a listing stands in, for faults and advice that name keys."""

from collections.abc import Iterable, Sequence

from directory.web.partner.sections.section import SectionForm

_BOXES = {
    "categories": "category_1",
    "eligibility": "minimum_age",
    "access": "ways",
    "opening_hours": "opening",
    "accessibility": "facilities",
}


def box_of(key: str) -> str:
    """The name of the box where a key such as ``cost.type`` is asked for."""
    top = key.partition(".")[0]
    return _BOXES.get(top, top)


def blame(forms: Sequence[SectionForm], faults: Iterable[tuple[str, str]]) -> list[str]:
    """Puts faults that another room found beside their boxes; those that no box is to blame for are given back."""
    homeless = []
    for key, message in faults:
        form = next((one for one in forms if box_of(key) in one), None)
        if form:
            form.blame(box_of(key), message)
        else:
            homeless.append(message)
    return homeless
