"""Formats log records as one line of JSON each, without personal data: `PORTAL_LOG=json`.

A line holds no address of a visitor, name, browser, query or form, and no secret of a review. Of an exception
it tells the class and where it came from, not its message or its variables: those quote what somebody typed.
"""

import json
import logging
import re
import secrets
import traceback
from datetime import UTC, datetime

from django.conf import settings

# Any other is not nginx's, but somebody's who would like to write into our log.
REQUEST_ID = re.compile(r"[0-9a-zA-Z-]{8,64}", re.ASCII)
QUERY = re.compile(r"\?[^\s\"'“”]*")


class JSONFormatter(logging.Formatter):
    def format(self, record):
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        # Django gives the request; its development server a socket.
        request = getattr(record, "request", None)
        if hasattr(request, "path"):
            path = redacted_path(request)
            entry |= {
                "message": entry["message"].replace(request.path, path),
                "request": request_id(request),
                "method": request.method,
                "path": path,
            }
            if hasattr(record, "status_code"):
                entry["status"] = record.status_code
        entry["message"] = QUERY.sub("", entry["message"])
        if record.exc_info and record.exc_info[0]:
            entry["exceptions"] = list(exception_chain(record.exc_info[1]))
        return json.dumps(entry, ensure_ascii=False)


def request_id(request):
    """Returns the id that nginx gave this request, so that its log and ours meet; else one that we make up.

    It is the same for all records of a request.
    """
    if not hasattr(request, "log_id"):
        header = request.headers.get("X-Request-ID", "")
        request.log_id = header if REQUEST_ID.fullmatch(header) else secrets.token_hex(8)
    return request.log_id


def redacted_path(request):
    """Returns the path without the secret by which an outside reviewer gets in."""
    match = request.resolver_match
    if match and match.url_name == "review-link":
        return request.path.replace(match.kwargs["secret"], "-")
    # An error before the URL is resolved leaves no match, and the secret in the path.
    return re.sub(r"^((?:/[a-z-]+)?/review/)[^/]+", r"\1-", request.path)


def exception_chain(error):
    """Yields each exception with its frames, the first cause first."""
    chain = [error]
    while (
        cause := chain[-1].__cause__ or (not chain[-1].__suppress_context__ and chain[-1].__context__)
    ) and cause not in chain:
        chain.append(cause)
    for exception in reversed(chain):
        frames = traceback.extract_tb(exception.__traceback__)
        yield {
            "kind": type(exception).__name__,
            "frames": [f"{relative_path(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
        }


def relative_path(file):
    """Returns a file's path from the top of the code or of the packages, without anybody's home folder."""
    return file.removeprefix(f"{settings.BASE_DIR}/").rpartition("site-packages/")[2]
