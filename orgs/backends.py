"""The auth backend: passwords as Django checks them, permissions from the table of roles."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import Model

from orgs import access, roles
from orgs.models import User

CONFIGURING = ("add_", "change_", "view_")


class RoleBackend(ModelBackend):
    """`has_perm("orgs.manage_people")` holds when a role of today brings the right `manage_people`.

    Permissions of Django's own kind (admin: add, change, view a model) go to whoever may configure.
    """

    def get_user(self, user_id: int) -> User | None:
        """The account with its person, whose name every page shows, and his level; None where it may not come in."""
        user = User._default_manager.select_related("person__managing_authority").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        """Whether the administration shows its tables: to whoever may configure."""
        if not user_obj.is_active:
            return False
        return roles.CONFIGURE in access.viewer_of(user_obj).rights or super().has_module_perms(user_obj, app_label)

    def has_perm(self, user_obj: User, perm: str, obj: Model | None = None) -> bool:
        """Whether one of the roles held today brings the right that `perm` names after its dot."""
        if not user_obj.is_active:
            return False
        right = perm.rpartition(".")[2]
        rights = access.viewer_of(user_obj).rights
        if right.startswith(CONFIGURING):
            return roles.CONFIGURE in rights or super().has_perm(user_obj, perm, obj)
        return right in rights
