"""What goes wrong, as one line of JSON a record, and about nobody: `PORTAL_LOG=json`.

A line holds no address of a visitor, name, browser, query or form, and no secret of a review. Of an exception it tells the kind and where it came
from, not its message or its variables: those quote what somebody typed.
"""

import json
import logging
import re
import secrets
import traceback
from datetime import datetime, timezone, UTC

from django.conf import settings

# Of nginx's making, or of somebody's who would like to write into our log.
REQUEST_ID = re.compile(r"[0-9a-zA-Z-]{8,64}", re.ASCII)
QUERY = re.compile(r"\?[^\s\"'“”]*")


class JSONFormatter(logging.Formatter):
    def format(self, record):
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        # Django gives the request; its development server a socket.
        request = getattr(record, "request", None)
        if hasattr(request, "path"):
            path = path_of(request)
            said |= {
                "message": said["message"].replace(request.path, path),
                "request": id_of(request),
                "method": request.method,
                "path": path,
            }
            if hasattr(record, "status_code"):
                said["status"] = record.status_code
        said["message"] = QUERY.sub("", said["message"])
        if record.exc_info and record.exc_info[0]:
            said["exceptions"] = list(exceptions(record.exc_info[1]))
        return json.dumps(said, ensure_ascii=False)


def id_of(request):
    """What nginx calls this request, so that its log and ours meet; else a name of our own, the same for all its records."""
    if not hasattr(request, "log_id"):
        given = request.headers.get("X-Request-ID", "")
        request.log_id = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    return request.log_id


def path_of(request):
    """The path, without the secret by which an outside reviewer gets in."""
    match = request.resolver_match
    if match and match.url_name == "review-link":
        return request.path.replace(match.kwargs["secret"], "-")
    return re.sub(r"^((?:/[a-z-]+)?/review/)[^/]+", r"\1-", request.path)


def exceptions(error):
    """Each exception with its frames, the cause of a cause first."""
    chain = [error]
    while (
        before := chain[-1].__cause__ or (not chain[-1].__suppress_context__ and chain[-1].__context__)
    ) and before not in chain:
        chain.append(before)
    for each in reversed(chain):
        frames = traceback.extract_tb(each.__traceback__)
        yield {
            "kind": type(each).__name__,
            "frames": [f"{place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
        }


def place(file):
    """A file's name from the top of the code or of the packages, whoever's home they lie in."""
    return file.removeprefix(f"{settings.BASE_DIR}/").rpartition("site-packages/")[2]
