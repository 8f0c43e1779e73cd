"""What the tests of synthesis share: the consultation, and who puts its opinions together."""

import pytest

from tests.criteria.synthesis import made


@pytest.fixture
def asked(province):
    """The consultation whose opinions are being put together."""
    return made.consultation(province)


@pytest.fixture
def giang(province):
    """The officer of the asking body."""
    return province.users["giang"]


@pytest.fixture
def answered(asked, giang):
    """The consultation with every remark answered, clauses amended and dropped, the submission written."""
    made.answer_all(asked, giang)
    return asked
