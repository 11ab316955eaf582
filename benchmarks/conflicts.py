"""Measures the comparison of 10,000 claims: of many subjects, and where half of them share one."""

from .sites import empty_site, timed

CLAIMS = 10_000


def main():
    with empty_site():
        from impact.conflicts import find_conflicts
        from impact.models import Claim

        for description, claims in (
            (
                "5,000 subjects of two claims each",
                [(f"Subject {number // 2}", number % 2) for number in range(CLAIMS)],
            ),
            (
                "5,000 claims on one subject, 20 values among them",
                [(subject_of(number), number % 20) for number in range(CLAIMS)],
            ),
            (
                "5,000 claims on one subject, each with its own value",
                [(subject_of(number), number) for number in range(CLAIMS)],
            ),
        ):
            Claim.objects.all().delete()
            fill(claims)
            with timed(f"{CLAIMS:,} claims, {description}"):
                found, new, _gone = find_conflicts()
            print(f"  conflicts: {found:,}, new: {new:,}")
            with timed("  once more, when all are known"):
                find_conflicts()
            with timed("  when one claim of the largest subject is saved"):
                find_conflicts(Claim.objects.last())


def subject_of(number):
    return "Crowd" if number % 2 else f"Subject {number}"


def fill(claims):
    from impact.models import Claim, Figure
    from organisation.models import Organisation

    organisation, _is_new = Organisation.objects.get_or_create(
        slug="benchmark", defaults={"official_name": "Benchmark"}
    )
    roles = Claim.Role.values
    created = Claim.objects.bulk_create(
        Claim(
            number=number,
            organisation=organisation,
            statement=f"Claim {number}",
            subject=subject,
            role=roles[number % len(roles)],
        )
        for number, (subject, _value) in enumerate(claims, start=1)
    )
    Figure.objects.bulk_create(
        Figure(
            claim=claim,
            label="people",
            value=value,
            unit="people",
            qualifier="over" if claim.number % 3 else "",
        )
        for claim, (_subject, value) in zip(created, claims, strict=True)
    )


if __name__ == "__main__":
    main()
