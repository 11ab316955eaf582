"""The API as a program meets it."""


def read_rows(client, address):
    """Returns every row from an address on, page after page."""
    rows = []
    while address:
        response = client.get(address)
        assert response.status_code == 200, address
        [name] = response.json().keys() - {"next"}
        rows += response.json()[name]
        address = response.json()["next"]
    return rows
