"""The screens of the start as tests send them."""

START = "/accounts/start/"
WHO = {"name": "The Lantern Record", "sentence": "What we did.", "publisher": "Lantern Aid International"}
PASSWORD, OTHER_PASSWORD = "a lantern for every pier", "no pier without a lantern"  # pragma: allowlist secret
TWO_PEOPLE = {
    "name": "dora",
    "password": PASSWORD,
    "password_again": PASSWORD,
    "second_name": "erin",
    "second_password": OTHER_PASSWORD,
}
ALONE = {"name": "dora", "password": PASSWORD, "password_again": PASSWORD, "alone": "on"}


def open_start(client, token):
    return client.get(f"{START}open/{token}/")


def send(client, screen, **values):
    return client.post(f"{START}{screen}/", values)


def told(response):
    return " ".join(response.content.decode().split())


def refusals(response):
    """Returns {field: sentences} of a screen that came back, and that nothing of it was saved."""
    assert response.status_code == 200 and "Nothing is saved yet." in told(response)
    return {field: " ".join(sentences) for field, sentences in response.context["form"].errors.items()}
