"""Sets a new portal up in screens: who you are, look, people, second factor, contact, first documents.

Whoever opens the address that the terminal shows goes through them, until the first people have accounts;
then one of them logs in and goes on. Somebody else who looks at a change does not exist before, so these
screens save at once; once there are people, each that is done is closed, and the queue is the way.
"""

from django.dispatch import Signal

# Sent, within the transaction, when it is known who they are and who looks after the pages, and at each
# later screen: a later wing brings the first pages, where there are none.
pages_wanted = Signal()
