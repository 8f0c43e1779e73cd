from reviews.models import Rating


def test_round_is_decided_and_notified(played):
    states = set(Rating.objects.filter(review__in=played.mine()).values_list("state", flat=True))

    assert states == {"notice"}
