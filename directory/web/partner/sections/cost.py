"""What it costs."""

from collections.abc import Mapping
from typing import Any

from wtforms import FormField, HiddenField

from directory.moderation import Fields
from directory.web import spoken
from directory.web.partner.sections.boxes import line, one_of, read_by, yes
from directory.web.partner.sections.section import RowList, Rows, SectionForm, Taken, was_before, without_empty
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import COSTS


class Price(Rows):
    """One price: for whom or for what, and how much. An empty row is no price."""

    was = HiddenField()
    option = line(
        lazy_gettext("What is the price for?"), lazy_gettext("For example: “Each child” or “Brothers and sisters”.")
    )
    amount = line(
        lazy_gettext("Price in pounds"),
        lazy_gettext("For example: 3 or 2.50"),
        read_by(spoken.pence, lazy_gettext("Write a price in pounds, such as 3 or 2.50")),
        prefix="£",
        width=5,
        inputmode="decimal",
    )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return not (self.option.data or self.amount.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well: both halves of a price, or none."""
        if self.is_empty:
            return True
        is_sound = super().validate(extra_validators)
        if not self.amount.data:
            self.amount.errors = [gettext("Write the price in pounds, or empty the box before it")]
        if not self.option.data:
            self.option.errors = [gettext("Say what the price is for, such as “Each child”")]
        return is_sound and bool(self.amount.data and self.option.data)


class Cost(SectionForm):
    """Free or not, prices, and what else to say of them."""

    slug = "cost"
    heading = lazy_gettext("What it costs")
    keys = ("cost",)
    row_lists = ("prices",)

    cost = one_of(
        lazy_gettext("What does it cost?"),
        lazy_gettext("Most people want to know this before they come."),
        COSTS.items(),
    )
    prices = RowList(FormField(Price))
    fees_description = line(
        lazy_gettext("Anything else about the cost? (optional)"),
        lazy_gettext("For example: “Pay in cash at the door. Ask us if you cannot pay.”"),
    )
    haf = yes(lazy_gettext("Free with a holiday activities (HAF) code"))

    @staticmethod
    def filled(fields: Fields) -> dict[str, Any]:
        """What the form shows of a listing."""
        cost = fields.get("cost", {})
        prices = [
            {"was": str(number), "option": one["option"], "amount": spoken.written_price(one["amount_pence"])}
            for number, one in enumerate(cost.get("cost_options", ()))
        ]
        return {
            "cost": cost.get("type", ""),
            "prices": prices,
            "fees_description": cost.get("fees_description", ""),
            "haf": cost.get("haf", False),
        }

    def taken(self, fields: Fields) -> Taken:
        """The key of the listing as it is now."""
        before = fields.get("cost", {})
        options = [_option(one, before) for one in self.prices if not one.form.is_empty]
        cost = {
            **before,
            "type": self.cost.data,
            "cost_options": options,
            "fees_description": self.fees_description.data,
            "haf": self.haf.data,
        }
        return {"cost": without_empty(cost) or None}

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well: whoever names a price says that there is one."""
        is_sound = bool(super().validate(extra_validators))
        says_more = self.fees_description.data or self.haf.data or any(not one.form.is_empty for one in self.prices)
        if says_more and not self.cost.data:
            self.blame("cost", gettext("Choose what it costs"))
            return False
        return is_sound


def _option(row: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    was = was_before(row.form, before.get("cost_options", ()))
    return {**was, "option": row.form.option.data, "amount_pence": spoken.pence(row.form.amount.data)}
