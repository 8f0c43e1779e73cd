"""Frameworks by chance, each from a seed: any that can be written, sound ones, steps that keep every rule."""

import dataclasses
import random
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from hypothesis import strategies as st

from criteria.conformity import (
    Confirmation,
    Covered,
    Criterion,
    Framework,
    Group,
    Issuer,
    Level,
    Levels,
    RecordedException,
    fingerprint,
)

TEXTS = ("", "Xong.", "Xong  đúng hạn.", "Xong đúng hạn.", "Phần lớn xong.")
CODES = ("1", "2", "3", "4", "5")
KEYS = ("TU/1@2024-01-01", "HU/2@2024-02-01")
LAWS = ("124-QĐ/TW@2023-10-04", "366-QĐ/TW@2025-08-30")
LEVELS = ("excellent", "good", "average", "poor")
BREACHES = ("missing_required", "fixed_sum_changed", "level_loosened", "level_changed", "weight_sum")
PATHS = ("groups[0].sum", "criteria['1'].levels.good", "parent.criteria['2']", "parent")
LETTERS = "aĐếợ {}%\"'\\\n\t’“”‑é́𝕊<&>"

# A seed instead of a draw for every value: a framework has hundreds, and thousands of frameworks are wanted.
seeds = st.integers(0, 2**63)


class Chance(random.Random):
    """What a seed decides."""

    def flip(self):
        return self.random() < 0.5

    def figure(self):
        return Decimal(self.randrange(400)) / 4

    def maybe(self, value):
        return value if self.flip() else None

    def words(self):
        return unicodedata.normalize("NFC", "".join(self.choices(LETTERS, k=self.randrange(8))))

    def name(self):
        return f"Tên {self.words()}"

    def several(self, make, most):
        return tuple(make() for _ in range(self.randint(0, most)))

    def mixed(self, rows):
        return tuple(self.sample(list(rows), k=len(rows)))

    def level(self):
        return Level(text=self.choice(TEXTS), target=self.maybe(self.figure()), points=self.maybe(self.figure()))

    def levels(self):
        return Levels(**{name: self.level() for name in LEVELS})

    def confirmation(self, level=None, text=None, above=None):
        text = self.choice(TEXTS) if text is None else text
        above = self.choice(TEXTS) if above is None else above
        day = date(2024, 1, 1) + timedelta(days=self.randrange(400))
        return Confirmation(
            level=level or self.choice(LEVELS),
            document="1-CV",
            on=day,
            by="An",
            text_sha256=fingerprint(text),
            above_sha256=self.maybe(fingerprint(above)),
        )

    def criterion(self):
        return Criterion(
            code=self.choice(CODES),
            title=self.name(),
            concretises=self.maybe(self.choice(CODES)),
            required=self.flip(),
            weight=self.maybe(self.figure()),
            item=self.words(),
            cites=self.words(),
            direction=self.choice((None, "at_least", "at_most")),
            levels=self.levels(),
            confirmed=self.several(self.confirmation, 2),
        )

    def group(self, criteria=None, code=None):
        return Group(
            code=code or self.choice("AB"),
            title=self.name(),
            group=self.choice(("common", "results")),
            sum=self.maybe(self.figure()),
            sum_fixed=self.flip(),
            cites=self.words(),
            criteria=self.several(self.criterion, 3) if criteria is None else criteria,
        )

    def recorded(self):
        return RecordedException(
            code=self.choice(BREACHES), path=self.choice(PATHS), document=self.words(), reason=self.words()
        )

    def covered(self):
        return Covered(kind=self.choice(("job", "position", "line")), code=self.name(), name=self.words())

    def any_framework(self):
        """Whatever can be written, also what no check would let pass."""
        return Framework(
            key=self.choice(KEYS),
            title=self.name(),
            issuer=Issuer(code=self.name(), name=self.name()),
            number=self.words(),
            issued_on=self.maybe(date(2024, 2, 29)),
            edition=self.randint(1, 9),
            legal_basis=self.words(),
            regulation=self.choice(LAWS),
            form=self.choice(("", "02B")),
            subject=self.choice(("person", "collective", "organisation")),
            marking=self.choice(("levels", "points", "checklist")),
            parent=self.choice((None, *KEYS)),
            covers=self.several(self.covered, 2),
            groups=self.several(self.group, 3),
            exceptions=self.several(self.recorded, 2),
        )

    def sound_framework(self):
        """One at the top: every code once, weights that add up."""
        groups, number = [], 0
        for code in "AB"[: self.randint(1, 2)]:
            rows = []
            for _ in range(self.randint(1, 3)):
                number += 1
                rows.append(dataclasses.replace(self.criterion(), code=f"{number}", concretises=None, confirmed=()))
            groups.append(_balanced(self.group(tuple(rows), code)))
        return Framework(
            key="TU/1@2024-01-01",
            title="Khung của tỉnh",
            issuer=Issuer(code="TU", name="Tỉnh ủy"),
            number="1-QĐ/TU",
            issued_on=date(2024, 1, 1),
            regulation=LAWS[1],
            subject="person",
            marking=self.choice(("levels", "points")),
            groups=tuple(groups),
        )

    def step(self, parent, key):
        """A framework that concretises `parent` by every liberty that the rules give, and no other."""
        groups = []
        for group in parent.groups:
            rows = [piece for criterion in group.criteria for piece in self.pieces(criterion, key)]
            if self.flip():
                own = f"{group.code}+{key}"
                rows.append(dataclasses.replace(self.criterion(), code=own, concretises=None, weight=None))
            groups.append(_weighed(dataclasses.replace(group, criteria=self.mixed(rows))))
        number = f"{key} của huyện"
        return dataclasses.replace(parent, key=key, parent=parent.key, number=number, groups=self.mixed(groups))

    def pieces(self, criterion, key):
        """One or two criteria that concretise this one, none where it may be left out."""
        shares = [self.randint(0, 2) for _ in range(self.randint(1 if criterion.required else 0, 2))]
        return [
            dataclasses.replace(
                criterion,
                code=f"{criterion.code}.{key[0]}{number}",
                concretises=criterion.code,
                required=(criterion.required and number == 0) or self.flip(),
                direction=criterion.direction if criterion.has_targets else self.choice((None, "at_most")),
                weight=None,
                **self.tightened(criterion, share, max(sum(shares), 1)),
            )
            for number, share in enumerate(shares)
        ]

    def tightened(self, criterion, share, shares):
        """Levels that are not easier, changed texts with their confirmation, points in this share."""
        levels, confirmed = {}, []
        for name, level in criterion.levels.each():
            text = self.choice(TEXTS[1:]) if level.text else self.choice(TEXTS)
            if level.text and fingerprint(text) != fingerprint(level.text):
                confirmed.append(self.confirmation(name, text, level.text))
            points = self.maybe(self.figure()) if level.points is None else _part(level.points, share, shares)
            levels[name] = Level(text=text, target=self.target(level.target, criterion), points=points)
        return {"levels": Levels(**levels), "confirmed": tuple(confirmed)}

    def target(self, target, criterion):
        if target is None:
            return self.maybe(self.figure()) if criterion.direction else None
        if criterion.direction is None or self.flip():
            return target
        return target + self.figure() if criterion.direction == "at_least" else target / 2

    def disturbed(self, framework):
        """The same framework with one thing changed, for good or for bad."""
        at = self.randrange(len(framework.groups))
        group = framework.groups[at]
        changed = dataclasses.replace(group, **(self._row_change(group) if self.flip() else self._group_change()))
        return dataclasses.replace(framework, groups=(*framework.groups[:at], changed, *framework.groups[at + 1 :]))

    def _group_change(self):
        return self.choice(
            ({"sum": self.maybe(self.figure())}, {"sum_fixed": self.flip()}, {"group": "results"}, {"code": "B"})
        )

    def _row_change(self, group):
        if not group.criteria:
            return {}
        place, rows = self.randrange(len(group.criteria)), list(group.criteria)
        if self.random() < 0.2:
            return {"criteria": tuple(rows[:place] + rows[place + 1 :])}
        level = dataclasses.replace(rows[place].levels, **{self.choice(LEVELS): self.level()})
        change = self.choice(
            (
                {"required": False},
                {"direction": self.choice((None, "at_least", "at_most"))},
                {"confirmed": ()},
                {"levels": level},
                {"concretises": None},
            )
        )
        rows[place] = dataclasses.replace(rows[place], **change)
        return {"criteria": tuple(rows)}

    def reordered(self, framework):
        """The same groups and criteria in another order."""
        groups = [dataclasses.replace(group, criteria=self.mixed(group.criteria)) for group in framework.groups]
        return dataclasses.replace(framework, groups=self.mixed(groups))


def _part(points, share, shares):
    # Cut to what a file can hold, so that the parts never exceed the whole.
    return (points * share / shares).quantize(Decimal("0.01"), ROUND_FLOOR)


def _balanced(group):
    weights = [row.weight for row in group.criteria if row.weight is not None]
    return dataclasses.replace(group, sum=sum(weights, Decimal(0)) if weights else group.sum)


def _weighed(group):
    # The sum stays; one criterion carries it, so that any number of pieces adds up.
    if group.sum is None or not group.criteria:
        return group
    first, *others = group.criteria
    return dataclasses.replace(group, criteria=(dataclasses.replace(first, weight=group.sum), *others))
