"""Runs scripts on a served site in one process, for to import Django and the CMS takes each new one seconds.

It reads a script a line from its input, as JSON, and answers with a line: what the script printed, or the
error that ended it.
"""

import json
import sys
import traceback
from contextlib import redirect_stdout
from io import StringIO

import django


def main():
    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from django.db import connections

    answers = sys.stdout
    for line in sys.stdin:
        output, error = StringIO(), ""
        try:
            with redirect_stdout(output):
                exec(json.loads(line), {"__name__": "__main__"})
        except BaseException:
            error = traceback.format_exc()
        # The database may be another one by the next script.
        connections.close_all()
        ContentType.objects.clear_cache()
        print(json.dumps([output.getvalue(), error]), file=answers, flush=True)


if __name__ == "__main__":
    main()
