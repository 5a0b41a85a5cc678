"""What somebody may do has changed: everybody is looked up again, at once in this process, in others within seconds."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from accounts.known import forget_everybody
from accounts.models import ApiKey, Flag, Plan, Quota, User


@receiver([post_save, post_delete], sender=ApiKey)
@receiver([post_save, post_delete], sender=Flag)
@receiver([post_save, post_delete], sender=Plan)
@receiver([post_save, post_delete], sender=Quota)
@receiver([post_save, post_delete], sender=User)
@receiver(post_delete, sender=Group)
@receiver(m2m_changed, sender=Flag.users.through)
@receiver(m2m_changed, sender=Flag.groups.through)
@receiver(m2m_changed, sender=User.groups.through)
def _noticed(update_fields: Collection[str] | None = None, **_: object) -> None:
    """Once it is there for all to see: who is looked up before that is still told what was."""
    if set(update_fields or ()) != {"last_login"}:  # which each sign-in writes
        transaction.on_commit(forget_everybody)
